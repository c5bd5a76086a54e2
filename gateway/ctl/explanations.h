#ifndef CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_
#define CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "chancery/types/v1/error_reason.pb.h"

// What each reason of an error means, what to do about it, and how to meet it. A row for each
// ErrorReason; tests/deploy/allinone/explain_test.cc runs the examples and gets those very reasons.

namespace chancery::ctl {

struct Explanation {
  types::v1::ErrorReason reason;
  // Sentences.
  absl::string_view cause;
  absl::string_view cure;
  // What has to be so for the example; empty: a register with the record of the demonstration.
  absl::string_view when;
  // Commands for a shell. With `method`, what a program sends to it, as JSON: the command line does
  // not let one do that.
  absl::string_view example;
  absl::string_view method = {};
};

// In the order of the enum.
absl::Span<const Explanation> Explanations();

// The row of a reason by its name; null if there is none.
const Explanation* FindExplanation(absl::string_view reason);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_EXPLANATIONS_H_
