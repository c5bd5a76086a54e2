#include "tests/gateway/ctl/test_register.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "services/agreements/agreements_service.h"
#include "services/events/events_service.h"
#include "services/people/people_service.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/support/process.h"

namespace chancery::ctl {
namespace {

// Over a port, as between processes: the end of a server is seen as one.
std::shared_ptr<grpc::Channel> ChannelTo(const serving::Server& server) {
  return grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
}

}  // namespace

std::unique_ptr<TestRegister> TestRegister::Empty(
    const std::shared_ptr<rocksdb::FileSystem>& files) {
  auto made = std::make_unique<TestRegister>();
  made->memory_.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  if (files != nullptr) made->env_ = rocksdb::NewCompositeEnv(files);
  made->sealer_ = storage::Sealer::Create(std::string(64, 'k')).value();
  for (const auto* definition :
       {&people::Definition(), &events::Definition(), &agreements::Definition()}) {
    storage::StoreOptions options;
    options.path = absl::StrCat("/", definition->name);
    options.env = made->env_ != nullptr ? made->env_.get() : made->memory_.get();
    auto host =
        resource::ServiceHost::Open(*definition, std::move(options), made->sealer_.get()).value();
    auto server = serving::Server::Start({"127.0.0.1:0", {&host->rpc()}}).value();
    server->SetServing(true);
    made->servers_[definition->name] = std::move(server);
    made->hosts_[definition->name] = std::move(host);
  }
  gateway::rpc::GatewayOptions options;
  options.channels.people = ChannelTo(*made->servers_["people"]);
  options.channels.events = ChannelTo(*made->servers_["events"]);
  options.channels.agreements = ChannelTo(*made->servers_["agreements"]);
  options.clock = [] { return absl::Now(); };
  made->gateway_ = std::make_unique<gateway::rpc::Gateway>(std::move(options));
  made->front_ = serving::Server::Start({"127.0.0.1:0", made->gateway_->services()}).value();
  made->front_->SetServing(true);
  return made;
}

std::unique_ptr<TestRegister> TestRegister::WithRecord(
    const std::shared_ptr<rocksdb::FileSystem>& files) {
  auto made = Empty(files);
  const Outcome outcome =
      RunCommand({"import", testing::RecordFolder(), "--address", made->address()});
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  return made;
}

TestRegister::~TestRegister() {
  front_.reset();
  servers_.clear();
  gateway_.reset();
  hosts_.clear();
}

// Port 1 is nobody's.
std::string DeadAddress() { return "127.0.0.1:1"; }

}  // namespace chancery::ctl
