#ifndef CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_
#define CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace chancery::resource {

// One step of a path: into a field and, if the field is repeated and an element is named, into
// that.
struct MaskStep {
  const google::protobuf::FieldDescriptor* field;
  // Empty if no element is named.
  std::string element;
};

// A path of an update mask, understood.
struct MaskPath {
  std::string text;
  std::vector<MaskStep> steps;
  // Names something that updates leave alone.
  bool ignored = false;
};

// FIELD_MASK_INVALID about this path.
absl::Status MaskPathError(absl::string_view path, absl::string_view sentence,
                           const std::vector<std::string>& nearest = {});

// Finds what a path names in a resource; FIELD_MASK_INVALID if it names nothing.
absl::StatusOr<MaskPath> ParseMaskPath(absl::string_view path,
                                       const google::protobuf::Descriptor* resource);

// Whether updates leave this field of a resource, or of a message in it, alone.
bool IsKeptByUpdates(const google::protobuf::FieldDescriptor* field);

// The `id` by which elements of this type are told apart; null if they are not.
const google::protobuf::FieldDescriptor* ElementIdOf(const google::protobuf::Descriptor* type);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_
