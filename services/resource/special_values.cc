#include "services/resource/special_values.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/day_number.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/text.h"
#include "storage/sha256.h"

namespace chancery::resource {
namespace {

using types::v1::Citation;
using types::v1::Date;

Date::Shape ShapeOf(chronology::Shape shape) {
  switch (shape) {
    case chronology::Shape::kPoint:
      return Date::POINT;
    case chronology::Shape::kWithin:
      return Date::WITHIN;
    case chronology::Shape::kOnOrBefore:
      return Date::ON_OR_BEFORE;
    case chronology::Shape::kOnOrAfter:
      return Date::ON_OR_AFTER;
    case chronology::Shape::kOneOf:
      return Date::ONE_OF;
    case chronology::Shape::kAllOf:
      return Date::ALL_OF;
    case chronology::Shape::kThroughout:
      return Date::THROUGHOUT;
    case chronology::Shape::kOngoing:
      return Date::ONGOING;
    case chronology::Shape::kEndUnknown:
      return Date::END_UNKNOWN;
    case chronology::Shape::kStartOpen:
    case chronology::Shape::kStartUnknown:
      return Date::START_UNKNOWN;
  }
  return Date::SHAPE_UNSPECIFIED;
}

void SetDay(absl::CivilDay day, google::type::Date& date) {
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
}

chronology::DayNumber DayNumber(const google::type::Date& date) {
  return chronology::DayNumberOf(absl::CivilDay(date.year(), date.month(), date.day()));
}

absl::Status Invalid(const std::string& field, const std::string& value, absl::string_view rule) {
  return errors::Error(types::v1::FIELD_INVALID, absl::StrCat(field, ": ", rule),
                       {{"field", field}, {"value", value}, {"rule", std::string(rule)}});
}

absl::Status CheckDigest(const std::string& digest, absl::FunctionRef<std::string()> path,
                         absl::string_view name) {
  constexpr absl::string_view kPrefix = "sha256:";
  const bool hexadecimal =
      digest.size() == kPrefix.size() + 64 &&
      digest.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string::npos;
  if (digest.empty() || (hexadecimal && absl::StartsWith(digest, kPrefix))) return absl::OkStatus();
  return Invalid(absl::StrCat(path(), ".", name), digest,
                 "must be \"sha256:\" and 64 lower-case hexadecimal digits");
}

absl::Status Mismatch(const Citation& citation, const std::string& path, absl::string_view why) {
  return errors::Error(types::v1::CITATION_MISMATCH,
                       absl::StrCat(path, ".exact differs from the citation's ", why),
                       {{"field", absl::StrCat(path, ".exact")}, {"source", citation.source()}});
}

absl::Status TakeExact(Citation& citation, absl::FunctionRef<std::string()> path) {
  const std::string digest = absl::StrCat(
      "sha256:", absl::BytesToHexString(storage::Sha256().Update(citation.exact()).Finish()));
  if (!citation.slice_digest().empty() && citation.slice_digest() != digest) {
    return Mismatch(citation, path(), "slice_digest");
  }
  if (CodePoints(citation.exact()) != static_cast<size_t>(citation.end() - citation.start())) {
    return Mismatch(citation, path(), "length in code points");
  }
  citation.set_slice_digest(digest);
  citation.clear_exact();
  return absl::OkStatus();
}

}  // namespace

absl::Status PrepareDate(Date& date, absl::FunctionRef<std::string()> path) {
  chronology::ParseError error = {"year-range", 0, "a year from 0001 to 9999"};
  const auto parsed = chronology::Parse(date.edtf(), &error);
  if (!parsed.ok() || !parsed->InYears(chronology::kFirstYear, chronology::kLastYear)) {
    return errors::Error(
        types::v1::DATE_INVALID,
        absl::StrCat(path(), ".edtf: \"", date.edtf(), "\" is not a date: expected ",
                     error.expected, " at position ", error.position),
        {{"field", absl::StrCat(path(), ".edtf")},
         {"value", date.edtf()},
         {"position", absl::StrCat(error.position)},
         {"rule", error.rule}});
  }
  date.set_edtf(parsed->ToString());
  date.set_shape(ShapeOf(parsed->shape()));
  if (const auto day = parsed->earliest()) SetDay(*day, *date.mutable_earliest());
  if (const auto day = parsed->latest()) SetDay(*day, *date.mutable_latest());
  return absl::OkStatus();
}

absl::Status PrepareCitation(Citation& citation, absl::FunctionRef<std::string()> path) {
  if (citation.start() < 0 || citation.end() < citation.start()) {
    return Invalid(absl::StrCat(path(), ".end"), absl::StrCat(citation.end()),
                   "the span must have 0 <= start <= end");
  }
  RETURN_IF_ERROR(CheckDigest(citation.digest(), path, "digest"));
  RETURN_IF_ERROR(CheckDigest(citation.slice_digest(), path, "slice_digest"));
  return citation.exact().empty() ? absl::OkStatus() : TakeExact(citation, path);
}

TimeKey TimeKeyOf(const Date& date) {
  if (date.edtf().empty()) return kUndated;
  return {date.has_earliest() ? DayNumber(date.earliest()) : chronology::kNoEarliest,
          date.has_latest() ? DayNumber(date.latest()) : chronology::kNoLatest};
}

}  // namespace chancery::resource
