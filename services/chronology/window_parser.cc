#include "services/chronology/window_parser.h"

#include "absl/algorithm/container.h"

namespace chancery::chronology {
namespace {

bool IsSeasonOrUnknown(const Endpoint& endpoint) {
  return endpoint.IsDate() ? endpoint.date.IsSeason() : endpoint.kind == Endpoint::Kind::kUnknown;
}

bool LeavesNothingOpen(const Edtf& date) {
  const bool set = date.form() == Edtf::Form::kOneOf || date.form() == Edtf::Form::kAllOf;
  return !set && date.qualifier() == Qualifier::kExact &&
         absl::c_none_of(date.spans(), [](const Span& span) {
           return IsSeasonOrUnknown(span.start) || IsSeasonOrUnknown(span.end);
         });
}

}  // namespace

absl::StatusOr<Window> ParseWindow(absl::string_view text, ParseError* error) {
  const absl::StatusOr<Edtf> date = Parse(text, error);
  if (!date.ok()) return date.status();
  if (LeavesNothingOpen(*date) && date->InYears(kFirstYear, kLastYear)) {
    return Window{date->earliest(), date->latest()};
  }
  const ParseError found = {"window", 0,
                            "days without doubt, such as 2009-05-01/2009-05-31, 2009-05 or "
                            "2007/.., of the years 0001 to 9999"};
  if (error != nullptr) *error = found;
  return ToStatus(found);
}

}  // namespace chancery::chronology
