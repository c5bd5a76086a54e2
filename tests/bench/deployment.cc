#include "tests/bench/deployment.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "deploy/allinone/register.h"
#include "grpcpp/create_channel.h"
#include "proto/errors/status_macros.h"

namespace chancery::bench {
namespace {

std::shared_ptr<grpc::Channel> ChannelTo(OpenService& service,
                                         const std::function<InterceptorFactory()>& watch) {
  if (watch == nullptr) return service.server().InProcessChannel();
  std::vector<InterceptorFactory> interceptors;
  interceptors.push_back(watch());
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      service.address(), grpc::InsecureChannelCredentials(), {}, std::move(interceptors));
}

}  // namespace

absl::StatusOr<std::unique_ptr<OpenService>> OpenService::Open(
    const resource::ServiceDefinition& definition, const std::string& path,
    const storage::Sealer* sealer, bool sync) {
  std::unique_ptr<OpenService> service(new OpenService);
  service->full_name_ = definition.full_name;
  storage::StoreOptions options;
  options.path = path;
  options.unsafe.sync = sync;
  ASSIGN_OR_RETURN(service->host_,
                   resource::ServiceHost::Open(definition, std::move(options), sealer));
  ASSIGN_OR_RETURN(service->server_,
                   serving::Server::Start({"127.0.0.1:0", {&service->host_->rpc()}}));
  service->server_->SetServing(true);
  service->tcp_ = Dial(service->address());
  return service;
}

Target OpenService::Via(std::shared_ptr<grpc::Channel> channel, absl::string_view method) const {
  return {std::move(channel), absl::StrCat("/", full_name_, "/", method)};
}

absl::StatusOr<std::unique_ptr<Deployment>> Deployment::Start(
    const std::string& folder, const std::function<InterceptorFactory()>& watch) {
  std::unique_ptr<Deployment> made(new Deployment);
  ASSIGN_OR_RETURN(made->sealer_, storage::Sealer::FromKeyFile(absl::StrCat(folder, "/token.key")));
  for (const resource::ServiceDefinition* definition : allinone::AllServices()) {
    ASSIGN_OR_RETURN(auto service,
                     OpenService::Open(*definition, allinone::StorePath(folder, definition->name),
                                       made->sealer_.get()));
    made->services_.push_back(std::move(service));
  }
  gateway::rpc::GatewayOptions options;
  options.channels.people = ChannelTo(made->people(), watch);
  options.channels.events = ChannelTo(made->events(), watch);
  options.channels.agreements = ChannelTo(made->agreements(), watch);
  made->gateway_ = std::make_unique<gateway::rpc::Gateway>(std::move(options));
  ASSIGN_OR_RETURN(made->gateway_server_,
                   serving::Server::Start({"127.0.0.1:0", made->gateway_->services()}));
  made->gateway_server_->SetServing(true);
  return made;
}

Deployment::~Deployment() {
  gateway_server_.reset();
  gateway_.reset();
}

}  // namespace chancery::bench
