#include "services/chronology/extent.h"

#include <algorithm>

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

}  // namespace

std::vector<Extent> ExtentsOf(const Edtf& date, std::optional<absl::CivilDay> as_of) {
  std::vector<Extent> extents;
  extents.reserve(date.spans().size());
  for (const Span& span : date.spans()) {
    const bool stretch = date.form() == Edtf::Form::kInterval;
    extents.push_back(stretch ? Stretch(span, as_of) : MomentWithin(span));
  }
  return extents;
}

}  // namespace chancery::chronology
