#ifndef CHANCERY_SERVICES_SERVING_SERVER_H_
#define CHANCERY_SERVICES_SERVING_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/server.h"
#include "services/serving/rpc_service.h"

namespace chancery::serving {

struct ServerOptions {
  // "127.0.0.1:7600"; port 0 lets the system choose; empty: reached through InProcessChannel only.
  std::string address;
  // Must outlive the server.
  std::vector<RpcService*> services;
  // Whether every reply is to say that nothing is kept.
  bool ephemeral = false;
};

// A running gRPC server with health checking and reflection. Thread-safe.
class Server {
 public:
  // Starts serving. FAILED_PRECONDITION (ADDRESS_TAKEN; metadata: address, holder) where the
  // address can not be listened on, INTERNAL where a method of a service is not served.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options);

  // Shuts down at once if that has not been done.
  ~Server();

  // The port that is listened on; 0 for an in-process server.
  int port() const { return port_; }
  // "127.0.0.1:41234"; empty for an in-process server.
  const std::string& address() const { return address_; }

  std::shared_ptr<grpc::Channel> InProcessChannel();

  // What gRPC health answers, overall and for each service. Not serving until told so.
  void SetServing(bool serving);

  // Answers NOT_SERVING, takes no new calls, and waits up to `drain` for running ones, then cancels
  // them. Returns when all are gone.
  void Shutdown(absl::Duration drain);

 private:
  Server() = default;

  std::vector<std::string> names_;
  std::string address_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_SERVER_H_
