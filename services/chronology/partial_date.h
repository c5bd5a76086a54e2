#ifndef CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_H_
#define CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"

namespace chancery::chronology {

// How closely a date is known, from the finest to the coarsest. It says what is known and not what
// is written: `2004-06-XX` is some day of June and so has precision kMonth, `2004-XX` has kYear.
enum class Precision { kDay, kMonth, kSeason, kYear, kDecade, kCentury };

// What the source says of the date's reliability.
enum class Qualifier {
  kExact,
  kUncertain,                // `?`: the source is in doubt
  kApproximate,              // `~`: an estimate, "about"
  kUncertainAndApproximate,  // `%`
};

// One date of the proleptic Gregorian calendar, as far as it is known: `2009`, `2009-05`,
// `2009-05-12`, `201X`, `20XX`, `2004-XX`, `2001-21` (a season), each perhaps with a qualifier; and
// `Y20090`, a year of more than four digits. Year 0000 is the year before 0001.
//
// A plain value. Whoever fills it in keeps to what the parser accepts; the fields are the text, and
// two values are equal exactly if their texts are.
struct PartialDate {
  // Values of `month` and `day` that are not a number of the calendar.
  static constexpr int kAbsent = 0;
  static constexpr int kUnspecified = -1;  // written XX

  int64_t year = 1;            // its unspecified digits are 0 here
  int unspecified_digits = 0;  // of the year, from the right: 1 in 201X, 2 in 20XX
  int month = kAbsent;         // 1 to 12, or a season: 21 spring, 22 summer, 23 autumn, 24 winter
  int day = kAbsent;
  Qualifier qualifier = Qualifier::kExact;

  friend bool operator==(const PartialDate&, const PartialDate&) = default;

  // The first and the last day it can mean: 2009-02 gives 2009-02-01 and 2009-02-28. A season gives
  // its whole year, since EDTF ties it neither to months nor to a hemisphere. A qualifier moves
  // nothing, since EDTF gives it no width.
  absl::CivilDay Earliest() const;
  absl::CivilDay Latest() const;

  Precision GetPrecision() const;
  bool IsSeason() const { return month > 12; }
  // Such a year is written after Y and stands alone.
  bool HasLongYear() const { return year > 9999 || year < -9999; }

  // The canonical text.
  std::string ToString() const;
};

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_PARTIAL_DATE_H_
