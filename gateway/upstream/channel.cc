#include "gateway/upstream/channel.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace chancery::gateway::upstream {
namespace {

constexpr int kMaxMessageBytes = 4 << 20;

bool IsRead(absl::string_view method) {
  return absl::StartsWith(method, "Get") || absl::StartsWith(method, "List") ||
         absl::StartsWith(method, "BatchGet");
}

// The methods that may be tried twice, as a service config names them.
std::string Reads(const std::string& service) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
  std::vector<std::string> names;
  for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
    const std::string& method = descriptor->method(i)->name();
    if (!IsRead(method)) continue;
    names.push_back(absl::StrCat(R"({"service":")", service, R"(","method":")", method, R"("})"));
  }
  return absl::StrJoin(names, ",");
}

grpc::ChannelArguments Arguments(absl::string_view service) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(ServiceConfig(service));
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);  // how long one attempt may take
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 250);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, 10'000);
  return arguments;
}

}  // namespace

std::string ServiceConfig(absl::string_view service) {
  const std::string name(service);
  return absl::StrCat(
      R"({"loadBalancingConfig":[{"round_robin":{}}],)", R"("healthCheckConfig":{"serviceName":")",
      name, R"("},)", R"("retryThrottling":{"maxTokens":10,"tokenRatio":0.1},)",
      R"("methodConfig":[{"name":[)", Reads(name),
      R"(],"retryPolicy":{"maxAttempts":2,"initialBackoff":"0.02s","maxBackoff":"0.1s",)",
      R"("backoffMultiplier":2,"retryableStatusCodes":["UNAVAILABLE"]}}]})");
}

std::shared_ptr<grpc::Channel> Connect(const std::string& address, absl::string_view service) {
  const std::string target =
      absl::StrContains(address, ":///") ? address : absl::StrCat("dns:///", address);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), Arguments(service));
}

}  // namespace chancery::gateway::upstream
