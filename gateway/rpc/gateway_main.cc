#include "gateway/rpc/gateway_main.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "gateway/rpc/gateway.h"
#include "gateway/upstream/channel.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/serving/address.h"
#include "services/serving/lifecycle.h"
#include "services/serving/ready_file.h"
#include "services/serving/server.h"

namespace chancery::gateway::rpc {
namespace {

constexpr int kExitUsage = 2;
constexpr int kExitRefused = 3;
constexpr auto kDrain = absl::Seconds(5);

upstream::Channels ChannelsOf(const GatewayFlags& flags) {
  return {.people = upstream::Connect(flags.people, upstream::kPeopleService),
          .events = upstream::Connect(flags.events, upstream::kEventsService),
          .agreements = upstream::Connect(flags.agreements, upstream::kAgreementsService)};
}

absl::Status Serve(const GatewayFlags& flags) {
  RETURN_IF_ERROR(serving::CheckExposure(flags.listen, flags.insecure));
  Gateway gateway({.channels = ChannelsOf(flags)});
  ASSIGN_OR_RETURN(const auto server, serving::Server::Start({flags.listen, gateway.services()}));
  server->SetServing(true);
  RETURN_IF_ERROR(serving::WriteReadyFile(flags.ready_file, {{"grpc", server->address()}}));
  serving::WaitForStop();
  server->Shutdown(kDrain);
  return absl::OkStatus();
}

}  // namespace

int GatewayMain(const GatewayFlags& flags) {
  const absl::Status status = Serve(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "%s [%s]\n", std::string(status.message()).c_str(),
               errors::InfoOf(status).reason().c_str());
  return errors::HasReason(status, types::v1::USAGE_INVALID) ? kExitUsage : kExitRefused;
}

}  // namespace chancery::gateway::rpc
