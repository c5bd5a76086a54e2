#ifndef CHANCERY_SERVICES_RESOURCE_UPDATE_MASK_H_
#define CHANCERY_SERVICES_RESOURCE_UPDATE_MASK_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

// What an update changes (AIP-134, AIP-161, AIP-203).
//
//   title, venue.locality        a field, or a field of a field
//   participants                 a repeated field as a whole
//   participants.noda            one element, by its id
//   participants.noda.role       a field of one element
//   *                            everything, alone
//
// Names are in snake_case. Elements are named by their id, never by their place: a repeated field
// without ids is changed as a whole only.

namespace chancery::resource {

inline constexpr size_t kMaxMaskPaths = 256;

// FIELD_MASK_INVALID if a path is not one of `resource`. Metadata: `path`, and `nearest`
// (comma-separated) where names that exist may have been meant. Whether an element is there is only
// known when the mask is applied.
absl::Status CheckUpdateMask(const google::protobuf::FieldMask& mask,
                             const google::protobuf::Descriptor* resource);

// Puts the masked fields of `update` into `current`; both are of one type.
//
// A masked field that is unset in `update` is cleared. A message or a repeated field that is masked
// as a whole is replaced as a whole. Without paths everything that is set in `update` at the top is
// masked.
//
// An element that is masked as a whole is added, replaced where it stands, or, if it is not in
// `update`, removed. A masked field of an element that is in `update` only adds the element with
// that field. If the element is in neither: FIELD_MASK_INVALID.
//
// `name`, `etag` and OUTPUT_ONLY fields never change; in a mask they are ignored. What is
// OUTPUT_ONLY inside a message that is replaced goes with it.
//
// FIELD_MASK_INVALID as above if the mask does not fit the type. After an error `current` is to be
// thrown away.
absl::Status ApplyUpdateMask(const google::protobuf::FieldMask& mask,
                             const google::protobuf::Message& update,
                             google::protobuf::Message& current);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_UPDATE_MASK_H_
