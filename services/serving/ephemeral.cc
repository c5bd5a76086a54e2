#include "services/serving/ephemeral.h"

#include "absl/strings/match.h"
#include "services/serving/call.h"

namespace chancery::serving {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerInterceptorFactoryInterface;
using grpc::experimental::ServerRpcInfo;

class SayEphemeral final : public Interceptor {
 public:
  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace(kEphemeralMetadata, "true");
    }
    methods->Proceed();
  }
};

class Factory final : public ServerInterceptorFactoryInterface {
 public:
  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return absl::StartsWith(info->method(), "/grpc.") ? new SayEphemeral : nullptr;
  }
};

}  // namespace

std::vector<std::unique_ptr<ServerInterceptorFactoryInterface>> EphemeralInterceptors() {
  std::vector<std::unique_ptr<ServerInterceptorFactoryInterface>> factories;
  factories.push_back(std::make_unique<Factory>());
  return factories;
}

}  // namespace chancery::serving
