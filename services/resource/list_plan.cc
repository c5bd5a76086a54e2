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
#include "services/chronology/day_number.h"
#include "services/resource/index_keys.h"
#include "services/resource/window_index.h"
#include "storage/key_codec.h"

namespace chancery::resource {
namespace {

// What `order_by` calls them.
constexpr std::pair<absl::string_view, Order> kOrders[] = {
    {"name", Order::kName}, {"time", Order::kTime}, {"start", Order::kStart}};

using Positions = std::vector<size_t>;

// The positions of the filter's equalities on these fields; nullopt if one is not there.
std::optional<Positions> Answered(const std::vector<std::string>& fields, const Filter& filter) {
  const auto& equalities = filter.required_equalities();
  Positions positions;
  for (const std::string& field : fields) {
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

// What an index has under these values, up to what begins behind the window, if there is one.
storage::KeyRange RangeOf(const std::vector<std::string>& values,
                          const std::optional<absl::CivilDay>& until) {
  storage::KeyWriter prefix;
  for (const std::string& value : values) prefix.Text(value);
  std::string from = prefix.key();
  if (until) {
    return {std::move(from), prefix.I32(DayInKey(chronology::DayNumberOf(*until) + 1)).key()};
  }
  std::string to = storage::PrefixEnd(from);
  return {std::move(from), std::move(to)};
}

// What a list can be read by.
struct Choice {
  const ListIndex* index = nullptr;
  Positions answered;
};

Choice ChooseIndex(const ResourceSpec& spec, const Filter& filter, Order order,
                   const storage::Store& store, const storage::ReadView& view) {
  Choice best;
  for (const ListIndex& index : spec.list_indexes) {
    if (index.order != order) continue;
    if (!store.IndexComplete(*spec.table, *index.index, view)) continue;
    const auto answered = Answered(index.fields, filter);
    if (!answered.has_value()) continue;
    if (best.index != nullptr && answered->size() <= best.answered.size()) continue;
    best = {&index, *answered};
  }
  return best;
}

const chronology::Window* WindowOn(const std::string& path, const Filter& filter) {
  for (const Filter::Overlap& overlap : filter.required_overlaps()) {
    if (overlap.path == path) return &overlap.window;
  }
  return nullptr;
}

// The ranges of the index of windows that answers most, but at least `least` equalities; none if
// there is no such index.
std::vector<IndexRange> ChooseWindow(const ResourceSpec& spec, const Filter& filter, size_t least,
                                     const storage::Store& store, const storage::ReadView& view) {
  std::vector<IndexRange> ranges;
  for (const WindowIndex& index : spec.window_indexes) {
    const chronology::Window* window = WindowOn(index.path, filter);
    if (window == nullptr) continue;
    if (!store.IndexComplete(*spec.table, *index.by_days, view)) continue;
    if (!store.IndexComplete(*spec.table, *index.by_time, view)) continue;
    const auto answered = index.field.empty() ? Positions() : Answered({index.field}, filter);
    if (!answered.has_value() || answered->size() < least) continue;
    least = answered->size() + 1;
    ranges = RangesOfWindow(
        index, answered->empty() ? "" : filter.required_equalities()[answered->front()].value,
        *window);
  }
  return ranges;
}

// The last day of a window that the records of this order are asked for.
std::optional<absl::CivilDay> LastDay(const ResourceSpec& spec, const Filter& filter) {
  if (spec.window_indexes.empty()) return std::nullopt;
  const auto* window = WindowOn(spec.window_indexes.front().path, filter);
  return window == nullptr ? std::nullopt : window->to;
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

ListPlan PlanOfTable(const Filter& filter, bool descending) {
  IndexRange all;
  all.range.reverse = descending;
  return {{std::move(all)}, !filter.empty()};
}

ListPlan PlanList(const ResourceSpec& spec, const Filter& filter, const ListOrder& order,
                  const storage::Store& store, const storage::ReadView& view) {
  const Choice choice = ChooseIndex(spec, filter, order.order, store, view);
  ListPlan plan;
  if (order.order == Order::kTime) {
    plan.ranges = ChooseWindow(spec, filter, choice.answered.size(), store, view);
  }
  if (plan.ranges.empty()) {
    if (choice.index == nullptr) return PlanOfTable(filter, order.descending);
    std::vector<std::string> values;
    values.reserve(choice.answered.size());
    for (const size_t i : choice.answered) values.push_back(filter.required_equalities()[i].value);
    const bool by_time = order.order == Order::kTime;
    plan.ranges.push_back(
        {choice.index->index, RangeOf(values, by_time ? LastDay(spec, filter) : std::nullopt)});
    plan.check_filter = !filter.empty() && !filter.CoveredBy(choice.answered);
  }
  for (IndexRange& one : plan.ranges) one.range.reverse = order.descending;
  return plan;
}

}  // namespace chancery::resource
