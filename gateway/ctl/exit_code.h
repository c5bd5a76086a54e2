#ifndef CHANCERY_GATEWAY_CTL_EXIT_CODE_H_
#define CHANCERY_GATEWAY_CTL_EXIT_CODE_H_

#include <vector>

#include "absl/status/status.h"

namespace chancery::ctl {

// What a command's exit code says: an answer for scripts. The codes never change their meaning.
enum class Exit {
  kDone = 0,
  kNone = 1,
  kUsage = 2,
  kRefused = 3,
  kUnreachable = 4,
  kPartial = 5,
  kConflict = 6,
  kFault = 7,
};

// A row of the documented table.
struct ExitRow {
  Exit code;
  const char* name;
  const char* meaning;
};
const std::vector<ExitRow>& ExitTable();

// The code of a command that ended with this error.
Exit ExitOf(const absl::Status& status);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_EXIT_CODE_H_
