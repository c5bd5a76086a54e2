#include "services/chronology/window.h"

#include <algorithm>

#include "services/chronology/day_number.h"

namespace chancery::chronology {
namespace {

struct Days {
  DayNumber from;
  DayNumber to;
};

WindowMatch MatchOverlaps(const Extent& extent, Days days) {
  if (extent.start_min > days.to || extent.end_max < days.from) return WindowMatch::kNo;
  const bool every = extent.start_max <= days.to && extent.end_min >= days.from;
  return every ? WindowMatch::kCertain : WindowMatch::kPossible;
}

WindowMatch MatchWithin(const Extent& extent, Days days) {
  const DayNumber start = std::max(extent.start_min, days.from);
  const DayNumber end = std::min(extent.end_max, days.to);
  if (start > extent.start_max || end < extent.end_min || start > end) return WindowMatch::kNo;
  const bool every = extent.start_min >= days.from && extent.end_max <= days.to;
  return every ? WindowMatch::kCertain : WindowMatch::kPossible;
}

WindowMatch MatchExtent(const Extent& extent, Days days, WindowMode mode) {
  const WindowMatch match =
      mode == WindowMode::kOverlaps ? MatchOverlaps(extent, days) : MatchWithin(extent, days);
  const bool doubted = extent.start_doubted || extent.end_doubted;
  return doubted ? std::min(match, WindowMatch::kPossible) : match;
}

// A doubted side is no more than possible; what is nowhere near stays away.
WindowMatch MatchExtents(const Extents& extents, Days days, WindowMode mode) {
  if (days.from > days.to) return WindowMatch::kNo;
  WindowMatch least = WindowMatch::kCertain;
  WindowMatch most = WindowMatch::kNo;
  for (const Extent& extent : extents.parts) {
    const WindowMatch match = MatchExtent(extent, days, mode);
    least = std::min(least, match);
    most = std::max(most, match);
  }
  if (extents.all) return mode == WindowMode::kOverlaps ? most : least;
  return least == most ? most : WindowMatch::kPossible;
}

// The days strictly after the one and before the other.
Days Between(DayNumber after, DayNumber before) {
  return {after == kNoLatest ? after : after + 1, before == kNoEarliest ? before : before - 1};
}

}  // namespace

WindowMatch MatchWindow(const Edtf& date, const Window& window, WindowMode mode,
                        std::optional<absl::CivilDay> as_of) {
  return MatchExtents(ExtentsOf(date, as_of),
                      {EarliestNumber(window.from), LatestNumber(window.to)}, mode);
}

WindowMatch MatchBetween(const Edtf& date, const Edtf& after, const Edtf& before) {
  const Extents extents = ExtentsOf(date);
  const DayRange end = EndOf(ExtentsOf(after));
  const DayRange start = StartOf(ExtentsOf(before));
  const WindowMatch widest =
      MatchExtents(extents, Between(end.min, start.max), WindowMode::kWithin);
  if (widest == WindowMatch::kNo) return WindowMatch::kNo;
  const WindowMatch narrowest =
      MatchExtents(extents, Between(end.max, start.min), WindowMode::kWithin);
  const bool certain = narrowest == WindowMatch::kCertain && !end.doubted && !start.doubted;
  return certain ? WindowMatch::kCertain : WindowMatch::kPossible;
}

}  // namespace chancery::chronology
