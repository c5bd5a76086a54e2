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

}  // namespace

WindowMatch MatchWindow(const Edtf& date, const Window& window, WindowMode mode,
                        std::optional<absl::CivilDay> as_of) {
  const Days days{EarliestNumber(window.from), LatestNumber(window.to)};
  if (days.from > days.to) return WindowMatch::kNo;
  const std::vector<Extent> extents = ExtentsOf(date, as_of);
  const WindowMatch match = MatchExtent(extents.front(), days, mode);
  for (const Extent& extent : extents) {
    if (MatchExtent(extent, days, mode) != match) return WindowMatch::kPossible;
  }
  return match;
}

}  // namespace chancery::chronology
