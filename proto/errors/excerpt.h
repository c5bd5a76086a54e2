#ifndef CHANCERY_PROTO_ERRORS_EXCERPT_H_
#define CHANCERY_PROTO_ERRORS_EXCERPT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace chancery::errors {

// The beginning of a text that an error is about; "…" at its end shows that there is more. Errors
// travel in headers, which hold some kilobytes: what a client sent is never repeated at full
// length. `text` must be UTF-8; it is cut between code points.
std::string Excerpt(absl::string_view text, size_t code_points = 64);

}  // namespace chancery::errors

#endif  // CHANCERY_PROTO_ERRORS_EXCERPT_H_
