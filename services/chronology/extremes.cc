#include "services/chronology/extremes.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "services/chronology/extent.h"

namespace chancery::chronology {
namespace {

// The least of the ranges. None is certainly greater than all others' least upper bound.
Extreme LeastOf(const std::vector<DayRange>& ranges) {
  DayNumber limit = kNoLatest;
  for (const DayRange& range : ranges) {
    if (!range.doubted) limit = std::min(limit, range.max);
  }
  Extreme least;
  for (size_t i = 0; i < ranges.size(); ++i) {
    if (ranges[i].doubted || ranges[i].min <= limit) least.which.push_back(i);
  }
  if (least.which.empty()) return least;
  const bool same_day = absl::c_all_of(least.which, [&](size_t i) {
    return !ranges[i].doubted && ranges[i].min == limit && ranges[i].max == limit;
  });
  least.kind = Extreme::Kind::kUndetermined;
  if (same_day) least.kind = Extreme::Kind::kTied;
  if (least.which.size() == 1) least.kind = Extreme::Kind::kOne;
  return least;
}

// So that the greatest becomes the least.
DayRange Mirrored(DayRange range) {
  const auto mirror = [](DayNumber day) {
    if (day == kNoLatest) return kNoEarliest;
    return day == kNoEarliest ? kNoLatest : -day;
  };
  return {mirror(range.max), mirror(range.min), range.doubted};
}

}  // namespace

Extreme FirstOf(absl::Span<const Edtf> dates) {
  std::vector<DayRange> starts;
  for (const Edtf& date : dates) starts.push_back(StartOf(ExtentsOf(date)));
  return LeastOf(starts);
}

Extreme LastOf(absl::Span<const Edtf> dates) {
  std::vector<DayRange> ends;
  for (const Edtf& date : dates) ends.push_back(Mirrored(EndOf(ExtentsOf(date))));
  return LeastOf(ends);
}

}  // namespace chancery::chronology
