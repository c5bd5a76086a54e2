#ifndef CHANCERY_SERVICES_RESOURCE_NOT_STATED_H_
#define CHANCERY_SERVICES_RESOURCE_NOT_STATED_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/resource/mask_path.h"

namespace chancery::resource {

// What is at a path of a record.
struct Place {
  // The step at which an element is named that the record does not have; null if it has all.
  const MaskStep* missing = nullptr;
  // Whether what the whole path names is set.
  bool set = false;
};
Place FindPlace(const google::protobuf::Message& record, const MaskPath& path);

// The checks of `not_stated`, the paths on which the sources of a whole record are silent; nothing
// for kinds without it. FIELD_MASK_INVALID, at the place in the path, if a path names no field of
// the record, an element that the record does not have, or what the register and not a source says;
// FIELD_INVALID if what it names is set. Both have the metadata `field` ("not_stated.0").
absl::Status CheckNotStated(const google::protobuf::Message& record);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_NOT_STATED_H_
