#ifndef CHANCERY_SERVICES_RESOURCE_TEXT_H_
#define CHANCERY_SERVICES_RESOURCE_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

// Unicode text, by ICU.

namespace chancery::resource {

// Whether UTF-8 text is in Normalisation Form C (UAX #15) beyond doubt; most is, being ASCII.
bool IsNormalized(absl::string_view text);

// The text in Normalisation Form C: other forms of the same characters become the same bytes.
std::string Normalized(const std::string& text);

// Length in Unicode code points; `text` must be UTF-8.
size_t CodePoints(absl::string_view text);

// The version of Unicode and of ICU that derived data depends on, e.g. "icu-72.1".
std::string UnicodeVersion();

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_TEXT_H_
