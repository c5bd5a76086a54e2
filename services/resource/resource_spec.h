#ifndef CHANCERY_SERVICES_RESOURCE_RESOURCE_SPEC_H_
#define CHANCERY_SERVICES_RESOURCE_RESOURCE_SPEC_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"
#include "services/resource/filter.h"
#include "storage/sequencer.h"
#include "storage/table_spec.h"

namespace chancery::resource {

// How lists are ordered.
enum class Order {
  kName,
  kTime,
  kStart,  // where a span begins, then where it ends
};

// An index that lists can use: it answers equality on `fields` and yields `order`.
//
// Its keys are, for each field, the value as Text, then, for Order::kTime, the record's TimeKey
// (KeyWriter().Text(value).I32(earliest).I32(latest)), or, for Order::kStart, its span in the same
// way.
struct ListIndex {
  const storage::IndexSpec* index;
  // Filter paths; empty for an index that only orders.
  std::vector<std::string> fields;
  Order order;
};

// Two indexes that together answer which records overlap a window of days, in the order of time;
// see window_index.h.
struct WindowIndex {
  const storage::IndexSpec* by_days;
  // The one that yields Order::kTime under the same value.
  const storage::IndexSpec* by_time;
  // The date that windows are asked of.
  std::string path;
  // The filter path that the keys' value answers; empty if they are of all records.
  std::string field;
};

// What a kind demands of a write that the contract can not say, by what else is stored: called on
// the sequencer's thread, before the version is written, once all that holds for every kind has
// been checked. `before` is the version that is there, null for a new record; `after` the one to be
// written, null for a deletion. An undeletion has the same record twice.
using WriteCheck = absl::Status (*)(storage::Transaction& transaction,
                                    const google::protobuf::Message* before,
                                    const google::protobuf::Message* after);

// All that distinguishes one kind of resource from another: what is kept, how it is found, what is
// right. Everything else is the shared life of a resource.
struct ResourceSpec {
  const storage::TableSpec* table;
  // The order of lists that ask for none.
  Order default_order = Order::kName;
  std::vector<ListIndex> list_indexes = {};
  std::vector<WindowIndex> window_indexes = {};
  std::vector<VirtualField> virtual_fields = {};
  // The field or fields whose references must not lead back to the record itself; null if none.
  const char* parent_field = nullptr;
  // Whether the record may have been valid on a day; null for kinds that have a date of their own,
  // on which `valid_at` is refused.
  bool (*valid_on)(const google::protobuf::Message& record, absl::CivilDay day) = nullptr;
  // Null if there is nothing.
  WriteCheck check = nullptr;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_RESOURCE_SPEC_H_
