#include "services/resource/list_plan.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "proto/errors/error.h"
#include "storage/key_codec.h"

namespace chancery::resource {
namespace {

// What `order_by` calls them.
constexpr std::pair<absl::string_view, Order> kOrders[] = {
    {"name", Order::kName}, {"time", Order::kTime}, {"start", Order::kStart}};

// The positions of the filter's equalities on an index's fields; nullopt if one is not there.
std::optional<std::vector<size_t>> Answered(const ListIndex& index, const Filter& filter) {
  const auto& equalities = filter.required_equalities();
  std::vector<size_t> positions;
  for (const std::string& field : index.fields) {
    size_t i = 0;
    while (i < equalities.size() &&
           (equalities[i].path != field ||
            std::find(positions.begin(), positions.end(), i) != positions.end())) {
      ++i;
    }
    if (i == equalities.size()) return std::nullopt;
    positions.push_back(i);
  }
  return positions;
}

bool HasOrder(const ResourceSpec& spec, Order order) {
  return order == Order::kName ||
         std::any_of(spec.list_indexes.begin(), spec.list_indexes.end(),
                     [order](const ListIndex& index) { return index.order == order; });
}

storage::KeyRange PrefixRange(const std::vector<std::string>& values) {
  storage::KeyWriter prefix;
  for (const std::string& value : values) prefix.Text(value);
  std::string from = std::move(prefix).key();
  std::string to = storage::PrefixEnd(from);
  return {std::move(from), std::move(to)};
}

}  // namespace

absl::StatusOr<ListOrder> ParseOrderBy(absl::string_view order_by, const ResourceSpec& spec) {
  absl::string_view text = absl::StripAsciiWhitespace(order_by);
  ListOrder order{spec.default_order};
  if (text.empty()) return order;
  if (absl::ConsumeSuffix(&text, " desc"))
    order.descending = true;
  else
    absl::ConsumeSuffix(&text, " asc");
  text = absl::StripAsciiWhitespace(text);
  std::vector<std::string> supported;
  for (const auto& [name, each] : kOrders) {
    if (!HasOrder(spec, each)) continue;
    supported.emplace_back(name);
    if (text != name) continue;
    order.order = each;
    return order;
  }
  const std::string known = absl::StrJoin(supported, ", ");
  return errors::Error(types::v1::ORDER_BY_INVALID,
                       absl::StrCat("order_by: \"", order_by, "\" is none of ", known),
                       {{"order_by", std::string(order_by)}, {"supported", known}});
}

ListPlan PlanList(const ResourceSpec& spec, const Filter& filter, const ListOrder& order,
                  const storage::Store& store, const storage::ReadView& view) {
  ListPlan plan;
  plan.check_filter = !filter.empty();
  const ListIndex* best = nullptr;
  std::vector<size_t> answered;
  for (const ListIndex& index : spec.list_indexes) {
    if (index.order != order.order) continue;
    if (!store.IndexComplete(*spec.table, *index.index, view)) continue;
    const auto positions = Answered(index, filter);
    if (!positions.has_value()) continue;
    if (best != nullptr && positions->size() <= answered.size()) continue;
    best = &index;
    answered = *positions;
  }
  plan.range.reverse = order.descending;
  if (best == nullptr) return plan;
  std::vector<std::string> values;
  values.reserve(answered.size());
  for (const size_t i : answered) values.push_back(filter.required_equalities()[i].value);
  plan.index = best->index;
  plan.range = PrefixRange(values);
  plan.range.reverse = order.descending;
  if (filter.CoveredBy(answered)) plan.check_filter = false;
  return plan;
}

}  // namespace chancery::resource
