#include "services/chronology/compare.h"

namespace chancery::chronology {
namespace {

bool IsBefore(const Extent& a, const Extent& b) {
  return a.end_max < b.start_min && !a.end_doubted && !b.start_doubted;
}

bool IsDoubted(const Extent& extent) { return extent.start_doubted || extent.end_doubted; }

bool SharesDay(const Extent& a, const Extent& b) {
  return a.start_max <= b.end_min && b.start_max <= a.end_min && !IsDoubted(a) && !IsDoubted(b);
}

Relation CompareExtents(const Extent& a, const Extent& b) {
  if (IsBefore(a, b)) return Relation::kBefore;
  if (IsBefore(b, a)) return Relation::kAfter;
  return SharesDay(a, b) ? Relation::kOverlaps : Relation::kUndetermined;
}

bool HaveCommonReading(const Extent& a, const Extent& b) {
  if (IsDoubted(a) || IsDoubted(b)) return true;
  return a.start_min <= b.start_max && b.start_min <= a.start_max && a.end_min <= b.end_max &&
         b.end_min <= a.end_max;
}

}  // namespace

bool CanAgree(const Edtf& a, const Edtf& b) {
  for (const Extent& left : ExtentsOf(a)) {
    for (const Extent& right : ExtentsOf(b)) {
      if (HaveCommonReading(left, right)) return true;
    }
  }
  return false;
}

Relation Compare(const std::vector<Extent>& a, const std::vector<Extent>& b) {
  const Relation relation = CompareExtents(a.front(), b.front());
  for (const Extent& left : a) {
    for (const Extent& right : b) {
      if (CompareExtents(left, right) != relation) return Relation::kUndetermined;
    }
  }
  return relation;
}

Relation Compare(const Edtf& a, const Edtf& b) { return Compare(ExtentsOf(a), ExtentsOf(b)); }

SortKey SortKeyOf(const Edtf& date) {
  return {EarliestNumber(date.earliest()), LatestNumber(date.latest())};
}

}  // namespace chancery::chronology
