#include "deploy/allinone/register.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/agreements_service.h"
#include "services/events/events_service.h"
#include "services/people/people_service.h"

namespace chancery::allinone {
namespace {

absl::StatusOr<std::unique_ptr<storage::Sealer>> OpenSealer(const std::string& data) {
  if (!data.empty()) return storage::Sealer::FromKeyFile(absl::StrCat(data, "/token.key"));
  std::string key(64, '\0');
  RAND_bytes(reinterpret_cast<uint8_t*>(key.data()), static_cast<int>(key.size()));
  return storage::Sealer::Create(key);
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return absl::OkStatus();
  return errors::Error(types::v1::USAGE_INVALID,
                       absl::StrCat("can not make the folder ", path, ": ", error.message()),
                       {{"flag", "--data"}, {"value", path}});
}

}  // namespace

const storage::Clock* RegisterOptions::ClockOf(const std::string& service) const {
  const auto found = other_clocks.find(service);
  return found == other_clocks.end() ? clock : found->second;
}

const std::vector<const resource::ServiceDefinition*>& AllServices() {
  static const auto* const all = new std::vector<const resource::ServiceDefinition*>{
      &people::Definition(), &events::Definition(), &agreements::Definition()};
  return *all;
}

std::string StorePath(const std::string& data, absl::string_view service) {
  return absl::StrCat(data, "/", service);
}

absl::StatusOr<std::unique_ptr<Register>> Register::Start(RegisterOptions options) {
  std::unique_ptr<Register> made(new Register);
  made->ephemeral_ = options.data.empty();
  if (made->ephemeral_) {
    made->memory_.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  } else {
    RETURN_IF_ERROR(MakeFolder(options.data));
  }
  ASSIGN_OR_RETURN(made->sealer_, OpenSealer(options.data));
  for (const resource::ServiceDefinition* definition : AllServices()) {
    ASSIGN_OR_RETURN(Service service, made->OpenService(*definition, options));
    made->services_.push_back(std::move(service));
  }
  gateway::rpc::GatewayOptions gateway;
  gateway.channels.people = made->services_[0].server->InProcessChannel();
  gateway.channels.events = made->services_[1].server->InProcessChannel();
  gateway.channels.agreements = made->services_[2].server->InProcessChannel();
  gateway.clock = [clock = options.ClockOf("gateway")] {
    return absl::FromUnixMicros(clock->NowMicros());
  };
  gateway.ephemeral = made->ephemeral_;
  made->gateway_ = std::make_unique<gateway::rpc::Gateway>(std::move(gateway));
  ASSIGN_OR_RETURN(
      made->gateway_server_,
      serving::Server::Start({options.listen, made->gateway_->services(), made->ephemeral_}));
  made->gateway_server_->SetServing(true);
  return made;
}

absl::StatusOr<Register::Service> Register::OpenService(
    const resource::ServiceDefinition& definition, const RegisterOptions& options) {
  storage::StoreOptions store;
  store.path =
      ephemeral_ ? StorePath("/memory", definition.name) : StorePath(options.data, definition.name);
  store.env = memory_.get();
  store.clock = options.ClockOf(definition.name);
  store.high_water = options.high_water;
  store.accept_data_loss = options.accept_data_loss;
  store.on_fatal = options.on_fatal;
  Service service;
  ASSIGN_OR_RETURN(service.host,
                   resource::ServiceHost::Open(definition, std::move(store), sealer_.get()));
  ASSIGN_OR_RETURN(service.server, serving::Server::Start({"", {&service.host->rpc()}}));
  service.server->SetServing(true);
  return service;
}

Register::~Register() { Stop(absl::ZeroDuration()); }

storage::Store& Register::store(absl::string_view service) {
  for (Service& each : services_) {
    if (each.host->name() == service) return each.host->store();
  }
  std::abort();  // a spelling mistake of the caller
}

void Register::Stop(absl::Duration drain) {
  if (gateway_server_ != nullptr) gateway_server_->Shutdown(drain);
  gateway_server_.reset();
  for (Service& service : services_) service.server.reset();
  gateway_.reset();
  services_.clear();
}

}  // namespace chancery::allinone
