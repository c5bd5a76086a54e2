#ifndef CHANCERY_GATEWAY_UPSTREAM_CHANNEL_H_
#define CHANCERY_GATEWAY_UPSTREAM_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "grpcpp/channel.h"

namespace chancery::gateway::upstream {

// A channel to a service that runs elsewhere; it connects by itself and again whenever it is lost
// (after 0.1 s at first, at most 0.25 s). `address` is "host:port" or a gRPC target
// ("dns:///events.chancery:7600"); where it means several machines, calls go round all of them that
// report themselves as serving.
//
// While the service is away, calls fail at once instead of waiting for it. Reads are tried a second
// time when the connection breaks under them; mutations are not, since the first try may have been
// carried out.
std::shared_ptr<grpc::Channel> Connect(const std::string& address, absl::string_view service);

// The service config of such a channel, as JSON.
std::string ServiceConfig(absl::string_view service);

}  // namespace chancery::gateway::upstream

#endif  // CHANCERY_GATEWAY_UPSTREAM_CHANNEL_H_
