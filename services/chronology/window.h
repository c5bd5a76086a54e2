#ifndef CHANCERY_SERVICES_CHRONOLOGY_WINDOW_H_
#define CHANCERY_SERVICES_CHRONOLOGY_WINDOW_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/chronology/edtf.h"
#include "services/chronology/extent.h"

namespace chancery::chronology {

// The days from `from` to `to`, both included; nullopt where it has no bound. One whose `from` is
// after its `to` has no days and matches nothing.
struct Window {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
};

// What a filter asks of a date. For a moment it is the same.
enum class WindowMode {
  kOverlaps,  // at least one of its days lies in the window
  kWithin,    // all of its days lie in the window
};

enum class WindowMatch {
  kNo,        // under no reading
  kPossible,  // under some
  kCertain,   // under every
};

// Asks it of every reading of the date (see Extent):
//
//   2009-05                in 2009-05-01 to 2009-05-31   kCertain   whichever day it was
//   2009-05                in 2009-05-10 to 2009-05-20   kPossible
//   2009-05                in 2009-06-01 to 2009-06-30   kNo
//   2008-11-05/2008-11-08  in 2008-11-08 to 2008-11-30   kCertain by kOverlaps, kNo by kWithin
//   2008/2012              in 2012-01-01 to 2012-12-31   kCertain by kOverlaps, kNo by kWithin
//   [2003,2005]            in 2004-01-01 to 2004-12-31   kNo        its bounds alone would not tell
//   {2003,2005}            in 2005-01-01 to 2006-12-31   kCertain by kOverlaps, kNo by kWithin
//   2007/..                in 2012-01-01 to 2012-12-31   kPossible; by kOverlaps as of 2012
//   kCertain 2009-05?               in 2009-05-01 to 2009-05-31   kPossible  never certain, being
//   doubtful
//
// Only a date whose [earliest, latest] meets the window can match, so an index of bounds finds all
// candidates. `as_of` is the day for which the date's source speaks, see ExtentsOf().
WindowMatch MatchWindow(const Edtf& date, const Window& window, WindowMode mode,
                        std::optional<absl::CivilDay> as_of = std::nullopt);

// Whether the date lies strictly between two others: after all of the one and before all of the
// other, sharing a day with neither.
//
//   2012-01     between 2011-11-12 and 2012-06-18   kCertain
//   2012-06     between 2011-11-12 and 2012-06-18   kPossible
//   2012-06-18  between 2011-11-12 and 2012-06-18   kNo
WindowMatch MatchBetween(const Edtf& date, const Edtf& after, const Edtf& before);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_WINDOW_H_
