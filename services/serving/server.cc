#include "services/serving/server.h"

#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server_builder.h"
#include "proto/errors/error.h"
#include "services/serving/address.h"
#include "services/serving/callback_queue.h"
#include "services/serving/ephemeral.h"

namespace chancery::serving {
namespace {

constexpr int kMaxMessageBytes = 4 << 20;
constexpr int kSecondMs = 1000;

void PrepareProcess() {
  static std::once_flag once;
  std::call_once(once, [] {
    // gRPC locks absl::Mutex, and an Abseil that was built with assertions, as Debian's is, would
    // look for deadlocks at each lock, under one lock of its own for the whole process.
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    KeepCallbackQueue();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

// See docs/operations.md for what each protects from.
void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 128);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 300 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 60 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 20 * kSecondMs);
}

absl::Status CheckComplete(const std::vector<RpcService*>& services) {
  for (const RpcService* service : services) {
    const std::vector<std::string> missing = service->Missing();
    if (missing.empty()) continue;
    return absl::InternalError(
        absl::StrCat(service->full_name(), " does not serve ", absl::StrJoin(missing, ", ")));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options) {
  PrepareProcess();
  if (absl::Status status = CheckComplete(options.services); !status.ok()) return status;
  if (!options.address.empty()) {
    if (absl::Status status = CheckFree(options.address); !status.ok()) return status;
  }
  std::unique_ptr<Server> server(new Server);
  grpc::ServerBuilder builder;
  SetLimits(builder);
  if (options.ephemeral) builder.experimental().SetInterceptorCreators(EphemeralInterceptors());
  for (RpcService* service : options.services) {
    if (options.ephemeral) service->MarkEphemeral();
    builder.RegisterService(service);
    server->names_.push_back(service->full_name());
  }
  if (!options.address.empty()) {
    builder.AddListeningPort(options.address, grpc::InsecureServerCredentials(), &server->port_);
  }
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) return AddressTaken(options.address);
  if (!options.address.empty()) server->address_ = WithPort(options.address, server->port_);
  server->SetServing(false);
  return server;
}

Server::~Server() {
  if (server_ != nullptr) Shutdown(absl::ZeroDuration());
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  return server_->InProcessChannel(arguments);
}

void Server::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(serving);
  health->SetServingStatus("", serving);
  for (const std::string& name : names_) health->SetServingStatus(name, serving);
}

void Server::Shutdown(absl::Duration drain) {
  SetServing(false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + drain));
  server_->Wait();
}

}  // namespace chancery::serving
