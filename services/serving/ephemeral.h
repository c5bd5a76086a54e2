#ifndef CHANCERY_SERVICES_SERVING_EPHEMERAL_H_
#define CHANCERY_SERVICES_SERVING_EPHEMERAL_H_

#include <memory>
#include <vector>

#include "grpcpp/support/server_interceptor.h"

namespace chancery::serving {

// What makes the replies of gRPC's own services, health and reflection, say that nothing is kept
// (kEphemeralMetadata: true), as those of ours do. It steps into no call of ours, and only a server
// that keeps nothing has it.
std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
EphemeralInterceptors();

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_EPHEMERAL_H_
