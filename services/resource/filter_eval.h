#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_EVAL_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_EVAL_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/resource/filter.h"
#include "services/resource/filter_parser.h"
#include "services/resource/filter_window.h"

// Whether a record is what a filter asks for. Everything that can be wrong with the filter has been
// found before: evaluation does not fail.

namespace chancery::resource {

// A text to compare with, as a whole or as a part.
struct TextPattern {
  std::string text;
  bool open_front = false;
  bool open_back = false;
};

// Whether there is anything at all.
struct Presence {};

// What a field is compared with. Integers, enums (by number) and bools (0, 1) are all int64.
using ConditionValue = std::variant<Presence, int64_t, TextPattern, absl::Time, WindowQuestion>;

// A restriction whose names and value are understood.
struct Condition {
  // In snake_case.
  std::string path;
  // From the resource down to what is compared. Empty for a virtual field.
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  // The virtual field's values.
  std::vector<std::string> (*values)(const google::protobuf::Message&) = nullptr;
  // kEqual in place of kHas. Through a repeated field kEqual only.
  Comparator comparator = Comparator::kEqual;
  ConditionValue value;
};

struct BoundFilter {
  FilterNode root;
  // What the leaves of the tree count.
  std::vector<Condition> conditions;
};

bool Holds(const BoundFilter& filter, const google::protobuf::Message& record);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_EVAL_H_
