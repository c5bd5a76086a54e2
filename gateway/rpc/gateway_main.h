#ifndef CHANCERY_GATEWAY_RPC_GATEWAY_MAIN_H_
#define CHANCERY_GATEWAY_RPC_GATEWAY_MAIN_H_

#include <string>

namespace chancery::gateway::rpc {

// What a gateway process is told.
struct GatewayFlags {
  std::string listen = "127.0.0.1:0";
  std::string people;  // addresses, see upstream::Connect()
  std::string events;
  std::string agreements;
  std::string ready_file;
  bool insecure = false;
};

// The whole of a separate gateway process: serves until SIGTERM or SIGINT, then drains. It is ready
// whether or not the services are, since it answers without them too. Returns the exit code: 0, 2
// for wrong flags, 3 where the address can not be had or the ready file not be written.
int GatewayMain(const GatewayFlags& flags);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_GATEWAY_MAIN_H_
