#ifndef CHANCERY_TESTS_GATEWAY_CTL_STRICT_JSON_H_
#define CHANCERY_TESTS_GATEWAY_CTL_STRICT_JSON_H_

#include "absl/strings/string_view.h"

namespace chancery::ctl {

// Whether a text is exactly one JSON value of RFC 8259, by a parser that has nothing in common with
// the one that writes: protobuf's forgives single quotes, bare keys and commas at the end.
bool IsOneJsonValue(absl::string_view text);

}  // namespace chancery::ctl

#endif  // CHANCERY_TESTS_GATEWAY_CTL_STRICT_JSON_H_
