#include "services/chronology/date_units.h"

namespace chancery::chronology {
namespace {

bool IsPlain(const PartialDate& date) {
  return date.qualifier == Qualifier::kExact && date.unspecified_digits == 0 && !date.IsSeason() &&
         date.month != PartialDate::kUnspecified && date.day != PartialDate::kUnspecified;
}

template <typename Unit>
std::vector<absl::CivilDay> Starts(Unit unit, Unit last) {
  std::vector<absl::CivilDay> starts;
  for (; unit <= last + 1; ++unit) starts.emplace_back(unit);
  return starts;
}

}  // namespace

int64_t CountUnits(const PartialDate& first, const PartialDate& last) {
  if (!IsPlain(first) || !IsPlain(last)) return 0;
  if (first.GetPrecision() != last.GetPrecision()) return 0;
  const absl::CivilDay from = first.Earliest();
  const absl::CivilDay to = last.Earliest();
  switch (first.GetPrecision()) {
    case Precision::kYear:
      return absl::CivilYear(to) - absl::CivilYear(from) + 1;
    case Precision::kMonth:
      return absl::CivilMonth(to) - absl::CivilMonth(from) + 1;
    default:
      return to - from + 1;
  }
}

std::vector<absl::CivilDay> UnitStarts(const PartialDate& first, const PartialDate& last) {
  const absl::CivilDay from = first.Earliest();
  const absl::CivilDay to = last.Earliest();
  switch (first.GetPrecision()) {
    case Precision::kYear:
      return Starts(absl::CivilYear(from), absl::CivilYear(to));
    case Precision::kMonth:
      return Starts(absl::CivilMonth(from), absl::CivilMonth(to));
    default:
      return Starts(from, to);
  }
}

}  // namespace chancery::chronology
