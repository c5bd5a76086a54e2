#ifndef CHANCERY_GATEWAY_RPC_GATEWAY_H_
#define CHANCERY_GATEWAY_RPC_GATEWAY_H_

#include <memory>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gateway/rpc/budget.h"
#include "gateway/upstream/backends.h"
#include "services/serving/rpc_service.h"

namespace chancery::gateway::rpc {

struct GatewayOptions {
  // The three services; see upstream::Connect() for those of other processes.
  upstream::Channels channels;
  upstream::Clock clock = absl::Now;
  // How far clocks may be apart, the services' from the gateway's and a client's `known_at` from
  // it.
  absl::Duration skew = absl::Milliseconds(500);
  Limits limits;
  // Whether nothing is kept after the process ends, as GetRegisterStatus says.
  bool ephemeral = false;
};

// One address for the whole register, as gRPC services to be served:
//
//   Gateway gateway({.channels = …});
//   auto server = serving::Server::Start({.address = "127.0.0.1:0", .services =
//   gateway.services()});
//
// Keeps nothing of its own. Serves whether or not the services can be reached. Must outlive the
// server, which must be shut down before the servers behind in-process channels are.
class Gateway {
 public:
  explicit Gateway(GatewayOptions options);
  ~Gateway();

  // GatewayService, and the three services' own.
  std::vector<serving::RpcService*> services();

 private:
  struct Parts;

  std::unique_ptr<Parts> parts_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_GATEWAY_H_
