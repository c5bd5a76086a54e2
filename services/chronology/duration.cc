#include "services/chronology/duration.h"

#include <algorithm>

#include "services/chronology/extent.h"

namespace chancery::chronology {
namespace {

bool IsBound(DayNumber day) { return day != kNoEarliest && day != kNoLatest; }

std::optional<int64_t> Difference(DayNumber from, DayNumber to) {
  if (!IsBound(from) || !IsBound(to)) return std::nullopt;
  return to - from;
}

DayCount LengthOfStretch(const Extent& extent) {
  DayCount length;
  length.min = std::max<int64_t>(Difference(extent.start_max, extent.end_min).value_or(0) + 1, 1);
  if (const auto days = Difference(extent.start_min, extent.end_max)) length.max = *days + 1;
  length.doubted = extent.start_doubted || extent.end_doubted;
  return length;
}

// Of a set of all: a day for each moment, and whatever an open range adds.
DayCount LengthOfAll(const Edtf& date, const Extents& extents) {
  const bool open = !date.earliest() || !date.latest();
  DayCount length;
  length.min = static_cast<int64_t>(extents.parts.size());
  if (!open) length.max = length.min;
  length.doubted = date.qualifier() != Qualifier::kExact;
  return length;
}

// At least so many of either, and not less than none.
int64_t AtLeast(const DayCount& a, const DayCount& b) {
  return std::max({a.min.value_or(0) - 1, b.min.value_or(0) - 1, int64_t{0}});
}

}  // namespace

DayCount LengthOf(const Edtf& date, std::optional<absl::CivilDay> as_of) {
  const Extents extents = ExtentsOf(date, as_of);
  if (date.form() == Edtf::Form::kInterval) return LengthOfStretch(extents.parts.front());
  if (extents.all) return LengthOfAll(date, extents);
  return {1, 1};
}

DayCount DaysFromTo(const Edtf& from, const Edtf& to) {
  const DayRange end = EndOf(ExtentsOf(from));
  const DayRange start = StartOf(ExtentsOf(to));
  return {Difference(end.max, start.min), Difference(end.min, start.max),
          end.doubted || start.doubted};
}

DayCount DaysBetween(const Edtf& a, const Edtf& b) {
  const DayCount there = DaysFromTo(a, b);
  const DayCount back = DaysFromTo(b, a);
  DayCount between;
  between.min = AtLeast(there, back);
  if (there.max && back.max) between.max = std::max({*there.max - 1, *back.max - 1, int64_t{0}});
  between.doubted = there.doubted || back.doubted;
  return between;
}

}  // namespace chancery::chronology
