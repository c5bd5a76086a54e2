#include "services/chronology/compare.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/types/span.h"

namespace chancery::chronology {
namespace {

bool IsBefore(const Extent& a, const Extent& b) {
  return a.end_max < b.start_min && !a.end_doubted && !b.start_doubted;
}

bool IsDoubted(const Extent& extent) { return extent.start_doubted || extent.end_doubted; }

bool SharesDay(const Extent& a, const Extent& b) {
  return a.start_max <= b.end_min && b.start_max <= a.end_min && !IsDoubted(a) && !IsDoubted(b);
}

bool HaveCommonReading(const Extent& a, const Extent& b) {
  if (IsDoubted(a) || IsDoubted(b)) return true;
  return a.start_min <= b.start_max && b.start_min <= a.start_max && a.end_min <= b.end_max &&
         b.end_min <= a.end_max;
}

// From the first to the last of what is all there.
std::vector<Extent> Hulls(const Extents& extents) {
  if (!extents.all) return extents.parts;
  const DayRange start = StartOf(extents);
  const DayRange end = EndOf(extents);
  return {{start.min, start.max, end.min, end.max, start.doubted, end.doubted}};
}

using Alternative = absl::Span<const Extent>;

// What may be the case: one part, or all parts together.
std::vector<Alternative> AlternativesOf(const Extents& extents) {
  if (extents.all) return {absl::MakeConstSpan(extents.parts)};
  std::vector<Alternative> alternatives;
  for (const Extent& part : extents.parts) alternatives.push_back(absl::MakeConstSpan(&part, 1));
  return alternatives;
}

bool ShareDay(Alternative a, Alternative b) {
  return absl::c_any_of(a, [&](const Extent& left) {
    return absl::c_any_of(b, [&](const Extent& right) { return SharesDay(left, right); });
  });
}

bool AlwaysShareDay(const Extents& a, const Extents& b) {
  const std::vector<Alternative> others = AlternativesOf(b);
  return absl::c_all_of(AlternativesOf(a), [&](Alternative left) {
    return absl::c_all_of(others, [&](Alternative right) { return ShareDay(left, right); });
  });
}

bool AllBefore(const Extents& a, const Extents& b) {
  return absl::c_all_of(a.parts, [&](const Extent& left) {
    return absl::c_all_of(b.parts, [&](const Extent& right) { return IsBefore(left, right); });
  });
}

}  // namespace

bool CanAgree(const Edtf& a, const Edtf& b) {
  const std::vector<Extent> others = Hulls(ExtentsOf(b));
  return absl::c_any_of(Hulls(ExtentsOf(a)), [&](const Extent& left) {
    return absl::c_any_of(others,
                          [&](const Extent& right) { return HaveCommonReading(left, right); });
  });
}

Relation Compare(const Extents& a, const Extents& b) {
  if (AllBefore(a, b)) return Relation::kBefore;
  if (AllBefore(b, a)) return Relation::kAfter;
  return AlwaysShareDay(a, b) ? Relation::kOverlaps : Relation::kUndetermined;
}

Relation Compare(const Edtf& a, const Edtf& b) { return Compare(ExtentsOf(a), ExtentsOf(b)); }

SortKey SortKeyOf(const Edtf& date) {
  return {EarliestNumber(date.earliest()), LatestNumber(date.latest())};
}

}  // namespace chancery::chronology
