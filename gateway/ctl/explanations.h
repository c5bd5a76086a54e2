#ifndef CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_
#define CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "chancery/types/v1/error_reason.pb.h"

// What each reason of an error means, what to do about it, and how to meet it. A row for each
// ErrorReason; tests/deploy/allinone/explain_test.cc runs the examples and gets those very reasons.

namespace chancery::ctl {

struct Explanation {
  types::v1::ErrorReason reason;
  // Sentences.
  std::string cause;
  std::string cure;
  // What has to be so for the example; empty: a register with the record of the demonstration.
  std::string when;
  // Commands for a shell. With `method`, what a program sends to it, as JSON: the command line does
  // not let one do that.
  std::string example;
  std::string method = {};
};

// In the order of the enum.
const std::vector<Explanation>& Explanations();

// The row of a reason by its name; null if there is none.
const Explanation* FindExplanation(absl::string_view reason);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_
