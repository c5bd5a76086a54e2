#ifndef CHANCERY_SERVICES_RESOURCE_LIST_PLAN_H_
#define CHANCERY_SERVICES_RESOURCE_LIST_PLAN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/resource/filter.h"
#include "services/resource/index_ranges.h"
#include "services/resource/resource_spec.h"
#include "storage/read_view.h"
#include "storage/store.h"

namespace chancery::resource {

// How a list is read: which ranges of which indexes, merged, and whether what is found there still
// has to be compared with the filter.
struct ListPlan {
  std::vector<IndexRange> ranges;
  bool check_filter = true;
};

// The whole table, in name order.
ListPlan PlanOfTable(const Filter& filter, bool descending);

// The order asked for by `order_by` ("name", "time", "start", each also with " desc");
// ORDER_BY_INVALID names what there is.
struct ListOrder {
  Order order;
  bool descending = false;
};
absl::StatusOr<ListOrder> ParseOrderBy(absl::string_view order_by, const ResourceSpec& spec);

// Chooses the index that yields the order and answers most of the filter's equalities, among those
// that are complete at the view. A window in the filter is answered by an index of windows, unless
// another one answers more equalities: then only what begins after the window is left out.
ListPlan PlanList(const ResourceSpec& spec, const Filter& filter, const ListOrder& order,
                  const storage::Store& store, const storage::ReadView& view);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_LIST_PLAN_H_
