#ifndef CHANCERY_GATEWAY_CTL_CALL_CLIENT_H_
#define CHANCERY_GATEWAY_CTL_CALL_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

namespace chancery::ctl {

struct ClientOptions {
  // How long each call may take.
  absl::Duration timeout = absl::Seconds(10);
  // Who asks, as claimed; empty: anonymous.
  std::string principal;
  // What to call the other side in errors: its address.
  std::string address;
};

// Calls methods of a register by their descriptors, one at a time, and waits for the answer.
// Thread-safe.
class Client {
 public:
  Client(std::shared_ptr<grpc::Channel> channel, ClientOptions options);

  // A client of the register at `options.address`. Connects with the first call; an address where
  // nobody answers is an error at once.
  static Client Dial(ClientOptions options);

  // Errors are the server's own, with their ErrorInfo; where the register could not be reached,
  // SERVICE_UNREACHABLE or DEADLINE_EXPIRED with the metadata `address`.
  absl::Status Call(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request,
                    google::protobuf::Message& reply) const;

  // The same for a method that the contract does not have, by its path, within `timeout`.
  absl::Status CallPath(const std::string& path, const google::protobuf::Message& request,
                        google::protobuf::Message& reply, absl::Duration timeout) const;

  absl::Duration timeout() const { return options_.timeout; }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const ClientOptions options_;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CALL_CLIENT_H_
