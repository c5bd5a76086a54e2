#ifndef CHANCERY_SERVICES_SERVING_CALL_REACTOR_H_
#define CHANCERY_SERVICES_SERVING_CALL_REACTOR_H_

#include "absl/strings/string_view.h"
#include "services/serving/call.h"

namespace chancery::serving {

// What gRPC holds of a call until it is done with it; private to serving/. Lives from the arrival
// of the request until the reply has left, longer than the Call that points to it.
class Call::Reactor final : public grpc::ServerUnaryReactor {
 public:
  Reactor(absl::string_view method, grpc::CallbackServerContext* context,
          const grpc::ByteBuffer* request, grpc::ByteBuffer* response)
      : method(method), context(context), request(request), response(response) {}

  void OnDone() override { delete this; }

  const absl::string_view method;
  grpc::CallbackServerContext* const context;
  const grpc::ByteBuffer* const request;
  grpc::ByteBuffer* const response;
};

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_CALL_REACTOR_H_
