#ifndef CHANCERY_SERVICES_CHRONOLOGY_DAY_NUMBER_H_
#define CHANCERY_SERVICES_CHRONOLOGY_DAY_NUMBER_H_

#include <cstdint>
#include <limits>
#include <optional>

#include "absl/time/civil_time.h"

namespace chancery::chronology {

// A civil day as the number of days since 1970-01-01 (2012-06-18 is 15509; earlier days are
// negative). Days are compared as numbers, so that "no bound" is a number like any other.
using DayNumber = int64_t;

// Before and after every day: the bounds of what has none.
inline constexpr DayNumber kNoEarliest = std::numeric_limits<DayNumber>::min();
inline constexpr DayNumber kNoLatest = std::numeric_limits<DayNumber>::max();

inline DayNumber DayNumberOf(absl::CivilDay day) { return day - absl::CivilDay(1970, 1, 1); }

inline absl::CivilDay CivilDayOf(DayNumber number) { return absl::CivilDay(1970, 1, 1) + number; }

inline DayNumber EarliestNumber(std::optional<absl::CivilDay> day) {
  return day ? DayNumberOf(*day) : kNoEarliest;
}

inline DayNumber LatestNumber(std::optional<absl::CivilDay> day) {
  return day ? DayNumberOf(*day) : kNoLatest;
}

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_DAY_NUMBER_H_
