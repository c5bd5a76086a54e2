#include "services/chronology/extent.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "services/chronology/date_units.h"

namespace chancery::chronology {
namespace {

bool IsDoubted(const Endpoint& endpoint) {
  return endpoint.IsDate() && endpoint.date.qualifier != Qualifier::kExact;
}

DayNumber EarliestOf(const Endpoint& endpoint) {
  return endpoint.IsDate() ? DayNumberOf(endpoint.date.Earliest()) : kNoEarliest;
}

DayNumber LatestOf(const Endpoint& endpoint) {
  return endpoint.IsDate() ? DayNumberOf(endpoint.date.Latest()) : kNoLatest;
}

Extent MomentWithin(const Span& span) {
  const DayNumber first = EarliestOf(span.start);
  const DayNumber last = LatestOf(span.end);
  const bool doubted = IsDoubted(span.start) || IsDoubted(span.end);
  return {first, last, first, last, doubted, doubted};
}

Extent Stretch(const Span& span, std::optional<absl::CivilDay> as_of) {
  Extent extent;
  extent.start_min = EarliestOf(span.start);
  extent.end_max = LatestOf(span.end);
  extent.start_max = std::min(LatestOf(span.start), extent.end_max);
  extent.end_min = std::max(EarliestOf(span.end), extent.start_min);
  extent.start_doubted = IsDoubted(span.start);
  extent.end_doubted = IsDoubted(span.end);
  if (span.end.kind == Endpoint::Kind::kOpen) {
    extent.end_min = std::max(extent.end_min, EarliestNumber(as_of));
  }
  // A side without a date is known through the other one.
  if (!span.start.IsDate()) extent.start_doubted = extent.end_doubted;
  if (!span.end.IsDate()) extent.end_doubted = extent.start_doubted;
  return extent;
}

bool IsDoubtedAtStart(const Extent& extent) { return extent.start_doubted; }
bool IsDoubtedAtEnd(const Extent& extent) { return extent.end_doubted; }

// A range in a set of all: a moment in each of its units.
void AddUnits(const Span& range, std::vector<Extent>& parts) {
  const std::vector<absl::CivilDay> starts = UnitStarts(range.start.date, range.end.date);
  for (size_t i = 0; i + 1 < starts.size(); ++i) {
    const DayNumber first = DayNumberOf(starts[i]);
    const DayNumber last = DayNumberOf(starts[i + 1]) - 1;
    parts.push_back({first, last, first, last});
  }
}

// A range without an end has no last unit: it is held for the stretch that they make up.
void AddMembers(const Span& member, std::optional<absl::CivilDay> as_of,
                std::vector<Extent>& parts) {
  if (member.start == member.end) {
    parts.push_back(MomentWithin(member));
  } else if (member.start.IsDate() && member.end.IsDate()) {
    AddUnits(member, parts);
  } else {
    parts.push_back(Stretch(member, as_of));
  }
}

}  // namespace

Extents ExtentsOf(const Edtf& date, std::optional<absl::CivilDay> as_of) {
  Extents extents;
  extents.all = date.form() == Edtf::Form::kAllOf;
  extents.parts.reserve(date.spans().size());
  for (const Span& span : date.spans()) {
    if (extents.all) {
      AddMembers(span, as_of, extents.parts);
    } else if (date.form() == Edtf::Form::kInterval) {
      extents.parts.push_back(Stretch(span, as_of));
    } else {
      extents.parts.push_back(MomentWithin(span));
    }
  }
  return extents;
}

DayRange StartOf(const Extents& extents) {
  const auto& parts = extents.parts;
  const Extent& first = parts.front();
  if (extents.all) return {first.start_min, first.start_max, first.start_doubted};
  return {first.start_min, parts.back().start_max, absl::c_any_of(parts, IsDoubtedAtStart)};
}

DayRange EndOf(const Extents& extents) {
  const auto& parts = extents.parts;
  const Extent& last = parts.back();
  if (extents.all) return {last.end_min, last.end_max, last.end_doubted};
  return {parts.front().end_min, last.end_max, absl::c_any_of(parts, IsDoubtedAtEnd)};
}

}  // namespace chancery::chronology
