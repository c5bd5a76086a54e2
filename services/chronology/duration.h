#ifndef CHANCERY_SERVICES_CHRONOLOGY_DURATION_H_
#define CHANCERY_SERVICES_CHRONOLOGY_DURATION_H_

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "services/chronology/edtf.h"

namespace chancery::chronology {

// A number of calendar days, as far as the dates tell. No reading of them gives less than `min` or
// more than `max`; nullopt where there is no bound.
struct DayCount {
  std::optional<int64_t> min;
  std::optional<int64_t> max;
  // A date that it rests on has a qualifier: the numbers take it at its word.
  bool doubted = false;

  // The one number that it can be, if there is one.
  std::optional<int64_t> Exactly() const { return min == max && !doubted ? min : std::nullopt; }

  friend bool operator==(const DayCount&, const DayCount&) = default;
};

// How many days it lasted, the first and the last included.
//
//   2009-05                1          it was one day, whichever
//   2008-11-05/2008-11-08  4
//   2008-11/2008-12-02     3 to 32
//   2007/..                1 or more; 1 712 or more as of 2012-09-08: since the end of 2007
//   {2009-05,2011}         2          one day of each
DayCount LengthOf(const Edtf& date, std::optional<absl::CivilDay> as_of = std::nullopt);

// How many days after the last day of `from` the first day of `to` came; less than 0 if it came
// before.
//
//   2011-09-02             2011-09-09   7
//   2009-10-12/2009-10-14  2009-10-15   1
//   2009-05                2009-06-02   2 to 32
//   [..2003]               2004-01-01   1 or more
DayCount DaysFromTo(const Edtf& from, const Edtf& to);

// How many days lie strictly between the two, whichever came first; 0 if they meet.
//
//   2011-09-02             2011-09-09   6
//   2009-05                2009-06-02   1 to 31
//   2009-05                2009-05-20   0 to 18
DayCount DaysBetween(const Edtf& a, const Edtf& b);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_DURATION_H_
