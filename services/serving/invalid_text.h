#ifndef CHANCERY_SERVICES_SERVING_INVALID_TEXT_H_
#define CHANCERY_SERVICES_SERVING_INVALID_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace chancery::serving {

// The path of the first text field whose bytes are not UTF-8 in a serialised message that protobuf
// refused ("person.names.text"); empty if the bytes are not such a message at all.
std::string FindInvalidText(const google::protobuf::Descriptor& type, absl::string_view bytes);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_INVALID_TEXT_H_
