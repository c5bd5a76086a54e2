#ifndef CHANCERY_GATEWAY_RPC_BUDGET_H_
#define CHANCERY_GATEWAY_RPC_BUDGET_H_

#include "absl/time/time.h"

namespace chancery::gateway::rpc {

// How long things may take.
struct Limits {
  // For callers that set no deadline of their own.
  absl::Duration without_deadline = absl::Seconds(10);
  // For one call to a service, when the answer takes several.
  absl::Duration one_call = absl::Seconds(2);
};

// The time that one answer has. It ends a little before the caller's deadline, so that what could
// be had until then still arrives: a partial answer instead of none.
class Budget {
 public:
  Budget(absl::Time caller_deadline, absl::Time now, const Limits& limits);

  // When the answer must be on its way.
  absl::Time end() const { return end_; }

  // The deadline of calls that begin now. Half of what is left, so that a service that hangs leaves
  // time for asking the others what remains to be asked.
  absl::Time ForCalls(absl::Time now) const;

 private:
  absl::Time end_;
  absl::Duration one_call_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_BUDGET_H_
