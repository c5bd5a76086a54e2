#include "gateway/rpc/budget.h"

#include <algorithm>

namespace chancery::gateway::rpc {

namespace {
constexpr double kShare = 0.9;
}  // namespace

Budget::Budget(absl::Time caller_deadline, absl::Time now, const Limits& limits)
    : end_(now + kShare * (std::min(caller_deadline, now + limits.without_deadline) - now)),
      one_call_(limits.one_call) {}

absl::Time Budget::ForCalls(absl::Time now) const {
  return now + std::min(one_call_, (end_ - now) / 2);
}

}  // namespace chancery::gateway::rpc
