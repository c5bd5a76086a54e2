#include "tests/gateway/rpc/register.h"

#include <future>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/types/v1/status.pb.h"
#include "gateway/upstream/channel.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/agreements/agreements_service.h"
#include "services/events/events_service.h"
#include "services/people/people_service.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

const resource::ServiceDefinition& DefinitionOf(const std::string& service) {
  if (service == "people") return people::Definition();
  if (service == "events") return events::Definition();
  return agreements::Definition();
}

const MethodDescriptor* FindMethod(const std::string& name) {
  for (const char* service :
       {upstream::kPeopleService, upstream::kEventsService, upstream::kAgreementsService}) {
    const ServiceDescriptor* descriptor =
        DescriptorPool::generated_pool()->FindServiceByName(service);
    if (const MethodDescriptor* method = descriptor->FindMethodByName(name)) return method;
  }
  return nullptr;
}

std::unique_ptr<Message> New(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace

void RegisterTest::SetUp() {
  memory_.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  sealer_ = *storage::Sealer::Create(std::string(64, 'k'));
  for (const std::string name : {"people", "events", "agreements"}) StartServer(DefinitionOf(name));
  GatewayOptions options;
  options.channels.people =
      upstream::Connect(services_["people"].address, upstream::kPeopleService);
  options.channels.events =
      upstream::Connect(services_["events"].address, upstream::kEventsService);
  options.channels.agreements =
      upstream::Connect(services_["agreements"].address, upstream::kAgreementsService);
  options.clock = [this] { return absl::FromUnixMicros(clock_.NowMicros()); };
  options.ephemeral = true;
  gateway_ = std::make_unique<Gateway>(std::move(options));
  server_ = *serving::Server::Start({"127.0.0.1:0", gateway_->services()});
  server_->SetServing(true);
  channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
}

void RegisterTest::TearDown() {
  server_->Shutdown(absl::ZeroDuration());
  {
    std::lock_guard<std::mutex> lock(mutex_);
    const absl::Status given_up = errors::Error(types::v1::CALL_CANCELLED, "the test is over");
    for (serving::Call& call : held_) std::move(call).Finish(given_up);
    held_.clear();
  }
  services_.clear();
}

void RegisterTest::StartServer(const resource::ServiceDefinition& definition) {
  Service& service = services_[definition.name];
  storage::StoreOptions options;
  options.path = absl::StrCat("/", definition.name);
  options.env = memory_.get();
  options.clock = &service.clock;
  auto host = resource::ServiceHost::Open(definition, std::move(options), sealer_.get());
  ASSERT_TRUE(host.ok()) << host.status();
  service.host = *std::move(host);
  const std::string address = service.address.empty() ? "127.0.0.1:0" : service.address;
  auto server = serving::Server::Start({address, {&service.host->rpc()}});
  ASSERT_TRUE(server.ok()) << server.status();
  service.server = *std::move(server);
  service.server->SetServing(true);
  service.address = service.server->address();
}

void RegisterTest::Stop(const std::string& service) {
  services_[service].server->Shutdown(absl::ZeroDuration());
  services_[service].server.reset();
  services_[service].host.reset();
}

void RegisterTest::StartAgain(const std::string& service) { StartServer(DefinitionOf(service)); }

void RegisterTest::Hang(const std::string& service) {
  Stop(service);
  hanging_ = std::make_unique<serving::RpcService>(DefinitionOf(service).full_name);
  for (const std::string& method : hanging_->Missing()) {
    hanging_->Raw(method, [this](serving::Call call) {
      std::lock_guard<std::mutex> lock(mutex_);
      held_.push_back(std::move(call));
    });
  }
  auto server = serving::Server::Start({services_[service].address, {hanging_.get()}});
  ASSERT_TRUE(server.ok()) << server.status();
  services_[service].server = *std::move(server);
  services_[service].server->SetServing(true);
  const std::string status = absl::StrCat(hanging_->full_name().substr(9), "/GetStoreStatus");
  absl::Status reached = absl::UnknownError("");
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (!errors::HasReason(reached, types::v1::DEADLINE_EXPIRED)) {
    ASSERT_LT(absl::Now(), end) << reached;
    types::v1::StoreStatus reply;
    reached = Call(status, types::v1::GetStoreStatusRequest(), &reply, absl::Milliseconds(100));
  }
}

void RegisterTest::Advance(absl::Duration duration) {
  const int64_t micros = absl::ToInt64Microseconds(duration);
  for (auto& [name, service] : services_) service.clock.Advance(micros);
  clock_.Advance(micros);
}

absl::Status RegisterTest::Call(const std::string& method, const Message& request, Message* reply,
                                absl::Duration deadline) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
  grpc::TemplatedGenericStub<Message, Message> stub(channel_);
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, "/chancery." + method, {}, &request, reply,
                 [&done](grpc::Status status) { done.set_value(std::move(status)); });
  const grpc::Status status = done.get_future().get();
  reply_metadata_.clear();
  for (const auto& [key, value] : context.GetServerInitialMetadata()) {
    reply_metadata_[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
  }
  return errors::FromGrpc(status);
}

void RegisterTest::Create(const std::string& kind, const std::string& id,
                          const std::string& record) {
  const MethodDescriptor* method = FindMethod("Create" + kind);
  ASSERT_NE(method, nullptr) << kind;
  auto request = New(method->input_type());
  auto reply = New(method->output_type());
  const std::string field = method->input_type()->field(0)->name();
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat(field, " { ", record, " } ", field, "_id: '", id, "'"), request.get()))
      << record;
  const std::string path = absl::StrCat(method->service()->full_name().substr(9), "/Create", kind);
  const absl::Status status = Call(path, *request, reply.get(), absl::Seconds(30));
  ASSERT_TRUE(status.ok()) << kind << " " << id << ": " << status;
}

void RegisterTest::FillIn() {
  Create("State", "russia", "names { id: 'en' text: 'Russian Federation' use: PUBLISHED }");
  Create("State", "japan", "names { id: 'en' text: 'Japan' use: PUBLISHED }");
  Create("State", "ussr",
         "names { id: 'en' text: 'USSR' use: PUBLISHED } "
         "successions { id: 'ru' successor: 'states/russia' kind: CONTINUATOR }");
  Create("Person", "noda", "names { id: 'en' text: 'Yoshihiko Noda' use: PUBLISHED }");
  Create("Person", "putin", "names { id: 'en' text: 'Vladimir Putin' use: PUBLISHED }");
  Create("Post", "japan-pm",
         "state: 'states/japan' titles { id: 'en' text: 'Prime Minister' use: PUBLISHED }");
  Create("Tenure", "japan-pm-noda",
         "post: 'posts/japan-pm' person: 'people/noda' "
         "attestations { id: 'g20' time { edtf: '2012-06-18' } }");
  Create("Matter", "peace-treaty", "title: 'Peace treaty'");
  Create("Agreement", "joint-declaration",
         "kind: DECLARATION titles { id: 'en' text: 'Joint Declaration' use: PUBLISHED } "
         "parties { id: 'su' party: 'states/ussr' } parties { id: 'jp' party: 'states/japan' } "
         "matters: 'matters/peace-treaty' "
         "acts { id: 's' action: SIGNATURE time { edtf: '1956-10-19' } }");
  Create("Event", "g20", "kind: MULTILATERAL_MEETING title: 'G20 summit'");
  Create("Event", "talks-1956",
         "kind: TALKS title: 'Talks in Moscow' time { edtf: '1956-10' } "
         "states: 'states/ussr' states: 'states/japan'");
  Create("Event", "los-cabos",
         "kind: MEETING title: 'Meeting at Los Cabos' time { edtf: '2012-06-18' } "
         "host_event: 'events/g20' "
         "participants { id: 'noda' person: 'people/noda' represents: 'states/japan' "
         "  capacities { id: 'pm' post: 'posts/japan-pm' } } "
         "participants { id: 'putin' person: 'people/putin' represents: 'states/russia' }");
}

}  // namespace chancery::gateway::rpc
