#ifndef CHANCERY_SERVICES_CHRONOLOGY_EXTENT_H_
#define CHANCERY_SERVICES_CHRONOLOGY_EXTENT_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/chronology/day_number.h"
#include "services/chronology/edtf.h"

namespace chancery::chronology {

// A date stands for several readings: `2009-05` for one day, any of 31; `2008/2012` for one
// stretch, any that begins in 2008 and ends in 2012. An extent holds all readings of one moment or
// stretch: each begins on a day of [start_min, start_max], ends on a day of [end_min, end_max],
// and does not end before it begins. Every number of the four is reached by some reading.
//
//                            start_min   start_max   end_min     end_max
//   2012-06-18               06-18       06-18       06-18       06-18
//   2012-06                  06-01       06-30       06-01       06-30       one day within
//   [2009-10-12..2009-10-14] 10-12       10-14       10-12       10-14       one day within
//   2008-11-05/2008-11-08    11-05       11-05       11-08       11-08
//   2008/2012                2008-01-01  2008-12-31  2012-01-01  2012-12-31
//   [..2003]                 none        2003-12-31  none        2003-12-31
//   2007/ and 2007/..        2007-01-01  2007-12-31  2007-01-01  none
//   /2007 and ../2007        none        2007-12-31  2007-01-01  2007-12-31
struct Extent {
  DayNumber start_min = kNoEarliest;
  DayNumber start_max = kNoLatest;
  DayNumber end_min = kNoEarliest;
  DayNumber end_max = kNoLatest;
  // The date that gives this side has a qualifier. Its numbers are those of the date at its word,
  // but nothing that depends on them is certain.
  bool start_doubted = false;
  bool end_doubted = false;
};

// The extents of a date in ascending order: one, but for sets of several members.
struct Extents {
  std::vector<Extent> parts;  // never empty
  // Each of the parts is there (`{a,b}`), independently of the others; else one of them is.
  bool all = false;
};

// An ongoing stretch, `2007/..`, was stated at some time. With `as_of`, the day for which its
// source speaks, it is held to have lasted until then (`end_min`); without, or before its start, it
// is only known to have begun. Other dates do not depend on `as_of`.
Extents ExtentsOf(const Edtf& date, std::optional<absl::CivilDay> as_of = std::nullopt);

// The days between which something lies.
struct DayRange {
  DayNumber min;
  DayNumber max;
  bool doubted;
};

// The day on which all of it began, and the day on which all of it had ended.
DayRange StartOf(const Extents& extents);
DayRange EndOf(const Extents& extents);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_EXTENT_H_
