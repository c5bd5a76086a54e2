#include "services/chronology/partial_date.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace chancery::chronology {
namespace {

absl::string_view QualifierMark(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::kExact:
      return "";
    case Qualifier::kUncertain:
      return "?";
    case Qualifier::kApproximate:
      return "~";
    case Qualifier::kUncertainAndApproximate:
      return "%";
  }
  return "";
}

std::string PartToString(int part) {
  if (part == PartialDate::kAbsent) return "";
  if (part == PartialDate::kUnspecified) return "-XX";
  return absl::StrFormat("-%02d", part);
}

// How many years the year can mean: 1, 10 for 201X, 100 for 20XX.
int YearCount(int unspecified_digits) {
  int count = 1;
  for (int i = 0; i < unspecified_digits; ++i) count *= 10;
  return count;
}

}  // namespace

absl::CivilDay PartialDate::Earliest() const {
  const bool back = unspecified_digits > 0 && year < 0;
  if (back) return absl::CivilDay(year - YearCount(unspecified_digits) + 1, 1, 1);
  const bool month_known = month >= 1 && !IsSeason();
  return absl::CivilDay(year, month_known ? month : 1, day >= 1 ? day : 1);
}

absl::CivilDay PartialDate::Latest() const {
  if (day >= 1) return Earliest();
  if (month >= 1 && !IsSeason()) return absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1;
  const int64_t last = year < 0 ? year : year + YearCount(unspecified_digits) - 1;
  return absl::CivilDay(last, 12, 31);
}

Precision PartialDate::GetPrecision() const {
  if (unspecified_digits == 2) return Precision::kCentury;
  if (unspecified_digits == 1) return Precision::kDecade;
  if (IsSeason()) return Precision::kSeason;
  if (month < 1) return Precision::kYear;
  return day < 1 ? Precision::kMonth : Precision::kDay;
}

std::string PartialDate::ToString() const {
  if (HasLongYear()) return absl::StrCat("Y", year);
  std::string text = absl::StrFormat("%s%04d", year < 0 ? "-" : "", year < 0 ? -year : year);
  text.replace(text.size() - unspecified_digits, unspecified_digits, unspecified_digits, 'X');
  absl::StrAppend(&text, PartToString(month), PartToString(day), QualifierMark(qualifier));
  return text;
}

}  // namespace chancery::chronology
