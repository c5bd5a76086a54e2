#ifndef CHANCERY_SERVICES_RESOURCE_FIELD_BEHAVIOR_H_
#define CHANCERY_SERVICES_RESOURCE_FIELD_BEHAVIOR_H_

#include "absl/strings/string_view.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"

namespace chancery::resource {

// Whether the contract annotates the field with a behavior (AIP-203).
bool Behaves(const google::protobuf::FieldDescriptor* field, google::api::FieldBehavior behavior);

// Whether `id` is the id of an element of a list: 1 to 63 of a-z, 0-9 and -.
bool IsElementId(absl::string_view id);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FIELD_BEHAVIOR_H_
