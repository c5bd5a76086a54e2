#ifndef CHANCERY_GATEWAY_CTL_PRINT_JSON_H_
#define CHANCERY_GATEWAY_CTL_PRINT_JSON_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

// JSON as protobuf maps it: lowerCamelCase keys, enums by name, unset fields left out.

namespace chancery::ctl {

// One line.
std::string ToJson(const google::protobuf::Message& message);
// Indented, without a line feed at the end.
std::string ToIndentedJson(const google::protobuf::Message& message);

// `text` as a JSON string with its quotes.
std::string JsonString(absl::string_view text);

// An array of elements that are JSON already.
std::string JsonArray(const std::vector<std::string>& elements);

// An object of members in the order given; the values are JSON already.
std::string JsonObject(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_JSON_H_
