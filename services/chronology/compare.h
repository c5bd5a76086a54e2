#ifndef CHANCERY_SERVICES_CHRONOLOGY_COMPARE_H_
#define CHANCERY_SERVICES_CHRONOLOGY_COMPARE_H_

#include "services/chronology/day_number.h"
#include "services/chronology/edtf.h"
#include "services/chronology/extent.h"

namespace chancery::chronology {

// How two dates lie to each other, as far as it is certain under every reading of both.
enum class Relation {
  kBefore,        // the first ends on a day before the second begins
  kAfter,         // the other way round
  kOverlaps,      // they have a day in common
  kUndetermined,  // it depends on the reading
};

// Compares dates by their readings (see Extent):
//
//   2012-06-18             2012-06                kUndetermined  some day of June may be before it
//   2012-06                2012-06                kUndetermined  two days of one month
//   2012-06-18             2012-06-18             kOverlaps      the same day
//   2008-11-05/2008-11-08  2008-11                kUndetermined  the day may be outside
//   2008-11-05/2008-11-08  2008-11-08/2008-11-20  kOverlaps      both cover the 8th
//   2008-11-05/2008-11-08  2008-11-05             kOverlaps
//   2008/2012              2011                   kOverlaps      covered whenever in 2012 it ended
//   2008/2012              2012                   kUndetermined
//   [..2003]               2004-01-01             kBefore
//   2007/..                2012                   kUndetermined  kOverlaps if held as of 2013
//   {2009-05,2011}         2012                   kBefore        all of it
//   {2009-05-12,2011}      2009-05-12             kOverlaps      some of it
//   1956~                  2012                   kUndetermined  doubtful dates are never certain
//
// A doubt counts for the side that it stands on: `2008~/2012` is kBefore 2013. To take dates at
// their word compare their WithoutQualifiers().
//
// kBefore is a strict partial order: never both ways, and transitive. Compare(b, a) mirrors
// Compare(a, b). kUndetermined and kOverlaps are symmetric and not transitive.
Relation Compare(const Edtf& a, const Edtf& b);

// The same for dates whose as-of is known: pass ExtentsOf(date, as_of).
Relation Compare(const Extents& a, const Extents& b);

// Whether one reading can be that of both dates, so that two sources which give them do not
// contradict each other: 2012-06 and 2012-06-18, 2007/ and 2007/2012, but not 2012-06 and 2012-07.
// A doubtful date, 1956~, says nothing that another could contradict. A set of all is taken from
// its first to its last.
bool CanAgree(const Edtf& a, const Edtf& b);

// Where a date stands in lists and indexes: by its first day, then by its last. Total and stable,
// unlike Compare, and blind to doubts: `1956` and `1956~` have equal keys. A date without a first
// day comes first, one without a last day comes last among those with its first, undated last of
// all.
struct SortKey {
  DayNumber earliest = kNoLatest;
  DayNumber latest = kNoLatest;

  friend bool operator==(const SortKey&, const SortKey&) = default;
  friend bool operator<(const SortKey& a, const SortKey& b) {
    return a.earliest != b.earliest ? a.earliest < b.earliest : a.latest < b.latest;
  }
};

// For what has no date; after the key of every date.
inline constexpr SortKey kUndated{kNoLatest, kNoLatest};

SortKey SortKeyOf(const Edtf& date);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_COMPARE_H_
