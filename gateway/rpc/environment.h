#ifndef CHANCERY_GATEWAY_RPC_ENVIRONMENT_H_
#define CHANCERY_GATEWAY_RPC_ENVIRONMENT_H_

#include "absl/time/time.h"
#include "gateway/rpc/budget.h"
#include "gateway/rpc/collections.h"
#include "gateway/rpc/moment.h"
#include "gateway/upstream/backends.h"

namespace chancery::gateway::rpc {

// What all of the gateway's methods work with. Made once, outlives every call.
struct Environment {
  upstream::Backends& backends;
  const Collections& collections;
  upstream::Clock clock;
  absl::Duration skew;
  Limits limits;
  bool ephemeral;

  Present present() const { return {clock(), backends.newest_commit(), skew}; }
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_ENVIRONMENT_H_
