#ifndef CHANCERY_GATEWAY_CTL_PRINT_ERROR_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_ERROR_TEXT_H_

#include <string>

#include "absl/status/status.h"

// What the command line says when something failed.

namespace chancery::ctl {

// For people: one sentence with the reason in brackets; below it what was given, with a caret under
// the place if the error names one; then what may have been meant.
//
//   chancery: there is no month 13 [DATE_INVALID]
//     time.edtf: 2009-13
//                     ^
std::string ErrorText(const absl::Status& status);

// For programs: google.rpc.Status with its ErrorInfo, on one line.
std::string ErrorJson(const absl::Status& status);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_ERROR_TEXT_H_
