#ifndef CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_
#define CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_

#include <cstddef>
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
  // Where the last name of the step begins in the path.
  size_t position = 0;
};

// A path of an update mask, understood.
struct MaskPath {
  std::string text;
  std::vector<MaskStep> steps;
  // Names something that updates leave alone.
  bool ignored = false;
};

// FIELD_MASK_INVALID about this path of a mask, at a place in it (in bytes from 0). Metadata:
// `path`, `position` (in code points), and `nearest`, paths that may have been meant.
absl::Status MaskPathError(absl::string_view path, size_t position, absl::string_view sentence,
                           const std::vector<std::string>& nearest = {},
                           absl::string_view mask = "update_mask");

// Finds what a path names in a resource; FIELD_MASK_INVALID if it names nothing. `mask` is what to
// call the mask.
absl::StatusOr<MaskPath> ParseMaskPath(absl::string_view path,
                                       const google::protobuf::Descriptor* resource,
                                       absl::string_view mask = "update_mask");

// Whether updates leave this field of a resource, or of a message in it, alone.
bool IsKeptByUpdates(const google::protobuf::FieldDescriptor* field);

// The `id` by which elements of this type are told apart; null if they are not.
const google::protobuf::FieldDescriptor* ElementIdOf(const google::protobuf::Descriptor* type);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_MASK_PATH_H_
