#ifndef CHANCERY_SERVICES_SERVING_JSON_TEXT_H_
#define CHANCERY_SERVICES_SERVING_JSON_TEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

// JSON for log lines and small files. Messages have protobuf's own mapping instead.

namespace chancery::serving {

// `text` as a JSON string with its quotes (RFC 8259); null if it is not UTF-8.
std::string JsonString(absl::string_view text);

// One line: an object of string members in the order given.
std::string JsonObject(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_JSON_TEXT_H_
