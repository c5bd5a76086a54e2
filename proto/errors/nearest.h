#ifndef CHANCERY_PROTO_ERRORS_NEAREST_H_
#define CHANCERY_PROTO_ERRORS_NEAREST_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace chancery::errors {

// What `given` may have been meant to be: at most `limit` of the candidates, the nearest first,
// those equally near by name. For the "did you mean" of an error about a name that is not known.
//
// Near means few slips of the pen: letters added, left out, replaced, or two neighbours swapped;
// ASCII letters of either case are the same. At most two slips, or one in three letters of a longer
// name, and something has to be left of the name.
std::vector<std::string> NearestNames(absl::string_view given,
                                      absl::Span<const std::string> candidates, size_t limit = 3);

// " (did you mean a, b or c?)" for the end of a sentence; empty without names.
std::string DidYouMean(absl::Span<const std::string> names);

}  // namespace chancery::errors

#endif  // CHANCERY_PROTO_ERRORS_NEAREST_H_
