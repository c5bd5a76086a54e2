#ifndef CHANCERY_SERVICES_RESOURCE_TEXT_H_
#define CHANCERY_SERVICES_RESOURCE_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

// Unicode text, by ICU.

namespace chancery::resource {

// Puts UTF-8 text into Normalisation Form C (UAX #15) in place. Text in another form of the same
// characters becomes the same bytes.
void NormalizeText(std::string& text);

// Length in Unicode code points; `text` must be UTF-8.
size_t CodePoints(absl::string_view text);

// The version of Unicode and of ICU that derived data depends on, e.g. "icu-72.1".
std::string UnicodeVersion();

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_TEXT_H_
