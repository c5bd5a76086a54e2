#include "gateway/rpc/moment.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/rpc/tokens.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using types::v1::AsOf;

std::string Print(absl::Time time) { return TimeUtil::ToString(ToProto(time)); }

bool IsValid(const Timestamp& time) {
  return time.seconds() >= TimeUtil::kTimestampMinSeconds &&
         time.seconds() <= TimeUtil::kTimestampMaxSeconds && time.nanos() >= 0 &&
         time.nanos() < 1'000'000'000;
}

absl::Status CheckConsistency(const AsOf& as_of) {
  if (types::v1::Consistency_IsValid(as_of.consistency())) return absl::OkStatus();
  const std::string value = absl::StrCat(static_cast<int>(as_of.consistency()));
  return errors::Error(types::v1::ENUM_VALUE_UNKNOWN,
                       absl::StrCat("as_of.consistency has no value ", value),
                       {{"field", "as_of.consistency"},
                        {"value", value},
                        {"enum", types::v1::Consistency_descriptor()->full_name()}});
}

// The latest moment that can be asked for. What a service has committed can be, even where its
// commit times run a little ahead of the clock, as they do after a crash.
absl::Time Latest(const Present& present) {
  return std::max(present.now + present.skew, present.newest_commit);
}

absl::StatusOr<absl::Time> GivenTime(const Timestamp& given, const Present& present) {
  if (!IsValid(given)) {
    return errors::Error(types::v1::FIELD_INVALID, "as_of.known_at is no time",
                         {{"field", "as_of.known_at"},
                          {"value", absl::StrCat(given.seconds(), ".", given.nanos())},
                          {"rule", "a time from year 1 to 9999"}});
  }
  const absl::Time known_at = FromProto(given);
  if (known_at <= Latest(present)) return known_at;
  return errors::Error(
      types::v1::KNOWN_AT_IN_FUTURE,
      absl::StrCat("as_of.known_at lies ahead of ", Print(present.now)),
      {{"known_at", Print(known_at)}, {"now", Print(present.now)}, {"service", "gateway"}});
}

absl::StatusOr<absl::Time> TokenTime(const std::string& text, const Present& present) {
  ASSIGN_OR_RETURN(const v1::RegisterToken token, DecodeToken(text));
  const absl::Time known_at = FromProto(token.known_at());
  if (known_at <= Latest(present)) return known_at;
  return errors::Error(types::v1::CONSISTENCY_TOKEN_AHEAD,
                       "the token's moment has not been reached here");
}

absl::StatusOr<absl::Time> KnownAt(const AsOf& as_of, const Present& present) {
  absl::Time token_time = absl::InfinitePast();
  if (!as_of.token().empty()) {
    ASSIGN_OR_RETURN(token_time, TokenTime(as_of.token(), present));
  }
  if (as_of.has_known_at()) return GivenTime(as_of.known_at(), present);
  const bool exact = as_of.consistency() == types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT;
  if (exact && !as_of.token().empty()) return token_time;
  return std::max({present.now, present.newest_commit, token_time});
}

absl::StatusOr<absl::CivilDay> ValidAt(const AsOf& as_of, absl::Time known_at) {
  if (as_of.valid_at().empty()) return absl::ToCivilDay(known_at, absl::UTCTimeZone());
  const auto day = chronology::ParseDay(as_of.valid_at());
  if (day.ok()) return *day;
  return errors::Error(types::v1::VALID_AT_INVALID,
                       absl::StrCat("as_of.valid_at is no day: ", day.status().message()),
                       {{"field", "as_of.valid_at"}, {"value", as_of.valid_at()}});
}

}  // namespace

AsOf Moment::Echo() const {
  types::v1::AsOf as_of = ForServices();
  as_of.set_valid_at(absl::FormatCivilTime(valid_at));
  return as_of;
}

AsOf Moment::ForServices() const {
  types::v1::AsOf as_of;
  *as_of.mutable_known_at() = ToProto(known_at);
  return as_of;
}

absl::StatusOr<Moment> FixMoment(const AsOf& as_of, const Present& present) {
  RETURN_IF_ERROR(CheckConsistency(as_of));
  Moment moment;
  ASSIGN_OR_RETURN(const absl::Time known_at, KnownAt(as_of, present));
  moment.known_at = FromProto(ToProto(known_at));
  ASSIGN_OR_RETURN(moment.valid_at, ValidAt(as_of, moment.known_at));
  return moment;
}

}  // namespace chancery::gateway::rpc
