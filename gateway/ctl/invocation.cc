#include "gateway/ctl/invocation.h"

#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "chancery/types/v1/change.pb.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/ctl/call/nearby_names.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/call/uuid.h"
#include "gateway/ctl/explanations.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;

// RFC 3339, or a day, which means its first moment in UTC.
absl::Status ParseMoment(const std::string& flag, const std::string& text,
                         google::protobuf::Timestamp& moment) {
  absl::Time time;
  std::string problem;
  if (!absl::ParseTime("%Y-%m-%d", text, &time, &problem) &&
      !absl::ParseTime(absl::RFC3339_full, text, &time, &problem)) {
    return UsageError(
        flag, text,
        absl::StrCat(flag, " needs a moment like 2026-11-25T12:00:00Z or 2026-11-25, not ", text));
  }
  const absl::Duration since_epoch = time - absl::UnixEpoch();
  moment.set_seconds(absl::ToInt64Seconds(absl::Floor(since_epoch, absl::Seconds(1))));
  moment.set_nanos(static_cast<int>(
      absl::ToInt64Nanoseconds(since_epoch - absl::Floor(since_epoch, absl::Seconds(1)))));
  return absl::OkStatus();
}

}  // namespace

absl::Status UsageError(const std::string& flag, const std::string& value,
                        const std::string& sentence) {
  return errors::Error(types::v1::USAGE_INVALID, sentence, {{"flag", flag}, {"value", value}});
}

Invocation::Invocation(const Command& command, const Commands& commands, ParsedWords words,
                       Streams& streams, Output& output)
    : commands_(commands),
      flags_(FlagsOf(command)),
      words_(std::move(words)),
      streams_(streams),
      output_(output) {}

const Flag& Invocation::FlagCalled(const std::string& name) const {
  static const Flag& none = *new Flag;
  for (const Flag& flag : flags_) {
    if (flag.name == name) return flag;
  }
  return none;
}

bool Invocation::Takes(const std::string& name) const { return !FlagCalled(name).name.empty(); }

std::optional<std::string> Invocation::Given(const std::string& flag) const {
  if (const auto found = words_.flags.find(flag); found != words_.flags.end()) {
    return found->second;
  }
  const std::string& variable = FlagCalled(flag).variable;
  if (variable.empty() || !streams_.variable) return std::nullopt;
  const auto value = streams_.variable(variable);
  return value.value_or("").empty() ? std::nullopt : value;
}

std::string Invocation::Text(const std::string& flag) const {
  return Given(flag).value_or(FlagCalled(flag).fallback);
}

bool Invocation::Has(const std::string& flag) const { return Given(flag).has_value(); }

std::vector<std::string> Invocation::Texts(const std::string& flag) const {
  const auto found = words_.lists.find(flag);
  return found == words_.lists.end() ? std::vector<std::string>() : found->second;
}

absl::StatusOr<int64_t> Invocation::Number(const std::string& flag, int64_t most,
                                           int64_t least) const {
  int64_t number = 0;
  const std::string text = Text(flag);
  if (!absl::SimpleAtoi(text, &number) || number < least || number > most) {
    return UsageError(
        flag, text, absl::StrCat(flag, " is a number from ", least, " to ", most, ", not ", text));
  }
  return number;
}

absl::StatusOr<absl::Duration> Invocation::Duration(const std::string& flag) const {
  absl::Duration duration;
  const std::string text = Text(flag);
  if (!absl::ParseDuration(text, &duration) || duration <= absl::ZeroDuration()) {
    return UsageError(flag, text, absl::StrCat(flag, " needs a duration like 10s, not ", text));
  }
  return duration;
}

absl::StatusOr<const Client*> Invocation::Register() {
  if (!client_.has_value()) {
    ClientOptions options;
    ASSIGN_OR_RETURN(options.timeout, Duration("--timeout"));
    options.principal = Text("--principal");
    options.address = Text("--address");
    client_.emplace(Client::Dial(std::move(options)));
  }
  return &*client_;
}

absl::Status Invocation::Explained(const absl::Status& error) const {
  absl::Status named = client_.has_value() ? WithNearbyNames(error, *client_) : error;
  if (ExitOf(named) != Exit::kConflict) return named;
  const Explanation* explanation = FindExplanation(errors::InfoOf(named).reason());
  return explanation == nullptr ? named : errors::WithMetadata(named, "cure", explanation->cure);
}

std::string Invocation::Variable(const std::string& name) const {
  return streams_.variable ? streams_.variable(name).value_or("") : "";
}

absl::Status Invocation::SetAsOf(Message& request, const std::string& moment) const {
  ASSIGN_OR_RETURN(types::v1::AsOf as_of, KnownAt());
  if (!moment.empty()) RETURN_IF_ERROR(ParseMoment("FROM", moment, *as_of.mutable_known_at()));
  for (const char* flag : {"--valid-at", "--on"}) {
    if (Takes(flag) && Has(flag)) as_of.set_valid_at(Text(flag));
  }
  if (as_of.ByteSizeLong() == 0) return absl::OkStatus();
  if (Message* field = MutableField(request, "as_of")) field->CopyFrom(as_of);
  return absl::OkStatus();
}

absl::StatusOr<types::v1::AsOf> Invocation::KnownAt() const {
  types::v1::AsOf as_of;
  if (Takes("--known-at") && Has("--known-at")) {
    RETURN_IF_ERROR(ParseMoment("--known-at", Text("--known-at"), *as_of.mutable_known_at()));
  }
  if (Takes("--token") && Has("--token")) as_of.set_token(Text("--token"));
  return as_of;
}

absl::StatusOr<int> Invocation::PageSize() const {
  // A size below nothing is for the register to refuse.
  using Limits = std::numeric_limits<int>;
  ASSIGN_OR_RETURN(const int64_t size, Number("--page-size", Limits::max(), Limits::min()));
  return static_cast<int>(size);
}

absl::Status Invocation::SetPage(Message& request) const {
  ASSIGN_OR_RETURN(const int size, PageSize());
  SetNumber(request, "page_size", size);
  if (Has("--page-token")) SetText(request, "page_token", Text("--page-token"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> Invocation::SetWrite(Message& request) const {
  types::v1::ChangeNote note;
  if (Has("--note")) note.set_note(Text("--note"));
  if (Has("--kind")) {
    types::v1::ChangeNote::Kind kind{};
    types::v1::ChangeNote::Kind_Parse(Text("--kind"), &kind);
    note.set_kind(kind);
  }
  if (note.ByteSizeLong() > 0) {
    if (Message* field = MutableField(request, "change_note")) field->CopyFrom(note);
  }
  SetSwitch(request, "validate_only", Has("--validate-only"));
  const std::string request_id = Has("--request-id") ? Text("--request-id") : NewUuid();
  SetText(request, "request_id", request_id);
  return request_id;
}

}  // namespace chancery::ctl
