#ifndef CHANCERY_TESTS_SUPPORT_BRIEF_IMPORT_H_
#define CHANCERY_TESTS_SUPPORT_BRIEF_IMPORT_H_

#include <string>

#include "absl/status/status.h"

namespace chancery::testing {

// Imports the record of the founding brief, as it is built into the binary, into the register at
// `address`; an error if any line is refused.
absl::Status ImportBrief(const std::string& address);

// Loads the document of the record from a file into the same register.
absl::Status LoadBrief(const std::string& address, const std::string& file);

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SUPPORT_BRIEF_IMPORT_H_
