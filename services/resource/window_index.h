#ifndef CHANCERY_SERVICES_RESOURCE_WINDOW_INDEX_H_
#define CHANCERY_SERVICES_RESOURCE_WINDOW_INDEX_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/chronology/window.h"
#include "services/resource/index_ranges.h"
#include "services/resource/resource_spec.h"
#include "services/resource/special_values.h"
#include "storage/table_spec.h"

// Which records overlap a window of days, at a cost that does not depend on how many lie before it,
// behind it or around it.
//
// The index by time, (earliest, latest), finds what begins in a window, but not what began before
// it and reaches into it: that may have begun at any time. So there is an index by days beside it.
// A record is entered there under each of the calendar's units that make up its time: centuries,
// decades, years, months and days, the largest that fit, or once as one without a last day or
// without a first. A month is one entry, a day is one, 2008-11-05/2008-11-08 four; the worst within
// the years 1 to 9999 some 220.
//
// A day lies in exactly one unit of each size and so in at most one entry of a record. What
// overlaps [from, to] is, without anything twice,
//
//   what has a reading on `from`:  the entries of the five units that `from` lies in, those without
//                                  a last day that begin by then, those without a first that reach
//                                  it
//   what begins after it:          the entries by time with an earliest day in (from, to]
//
// eight ranges, each of which has nothing but hits, in the order (earliest, latest, name): they are
// merged as they are read. A page of n records costs eight seeks and n steps, out of ten records or
// of ten million. The hits are by the bounds of a date; what lies in the gap of a set,
// `[2003,2005]` in 2004, is sorted out afterwards, as is what overlaps a window that it should lie
// within.

namespace chancery::resource {

// Enters a record in an index by days, under `value`, which is empty in an index of all. What has
// no date is not entered.
void AddDaysKeys(absl::string_view value, TimeKey time, storage::IndexKeys& keys);

// The ranges that have what overlaps the window under `value`, whose merged keys are those of
// `by_time` without the value.
std::vector<IndexRange> RangesOfWindow(const WindowIndex& index, absl::string_view value,
                                       const chronology::Window& window);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_WINDOW_INDEX_H_
