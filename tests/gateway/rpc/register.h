#ifndef CHANCERY_TESTS_GATEWAY_RPC_REGISTER_H_
#define CHANCERY_TESTS_GATEWAY_RPC_REGISTER_H_

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/rpc/gateway.h"
#include "google/protobuf/text_format.h"
#include "rocksdb/env.h"
#include "services/resource/service_host.h"
#include "services/serving/server.h"
#include "storage/sealer.h"
#include "tests/support/manual_clock.h"

namespace chancery::gateway::rpc {

// The three real services over stores in memory, each with a clock of its own and each to be
// stopped, behind a gateway over TCP.
class RegisterTest : public ::testing::Test {
 protected:
  struct Service {
    testing::ManualClock clock;
    std::unique_ptr<resource::ServiceHost> host;
    std::unique_ptr<serving::Server> server;
    std::string address;
  };

  void SetUp() override;
  void TearDown() override;

  void Stop(const std::string& service);
  void StartAgain(const std::string& service);
  // Puts a server in the service's place that takes calls and never answers.
  void Hang(const std::string& service);

  // Moves all clocks together, the gateway's too.
  void Advance(absl::Duration duration);

  // Calls a method at the gateway's address with a request in text form; `method` is
  // "people.v1.PeopleService/CreateState".
  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Call(const std::string& method, const std::string& request,
                             absl::Duration deadline = absl::Seconds(30)) {
    Request message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(request, &message)) << request;
    Reply reply;
    absl::Status status = Call(method, message, &reply, deadline);
    if (!status.ok()) return status;
    return reply;
  }
  absl::Status Call(const std::string& method, const google::protobuf::Message& request,
                    google::protobuf::Message* reply, absl::Duration deadline);

  // Creates a record, by the kind's name ("State") and its text form, and expects that to succeed.
  void Create(const std::string& kind, const std::string& id, const std::string& record);

  absl::StatusOr<v1::Dossier> GetDossier(const std::string& more = "",
                                         absl::Duration deadline = absl::Seconds(30)) {
    return Call<v1::GetDossierRequest, v1::Dossier>(
        "gateway.v1.GatewayService/GetDossier",
        "state: 'states/russia' other_state: 'states/japan' " + more, deadline);
  }

  // A small record of Russia, the USSR and Japan, with what a dossier shows.
  void FillIn();

  std::map<std::string, Service> services_;
  testing::ManualClock clock_;  // the gateway's
  std::map<std::string, std::string> reply_metadata_;

 private:
  void StartServer(const resource::ServiceDefinition& definition);

  std::unique_ptr<rocksdb::Env> memory_;
  std::unique_ptr<storage::Sealer> sealer_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<serving::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<serving::RpcService> hanging_;
  std::mutex mutex_;
  std::vector<serving::Call> held_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_TESTS_GATEWAY_RPC_REGISTER_H_
