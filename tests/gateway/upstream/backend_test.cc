// Calls over real channels to a real server: they end, whatever the other side does.

#include "gateway/upstream/backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "gateway/upstream/backends.h"
#include "gateway/upstream/channel.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"
#include "services/serving/server.h"

namespace chancery::gateway::upstream {
namespace {

using people::v1::GetStateRequest;
using people::v1::State;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr absl::Duration kPatience = absl::Seconds(20);

// A server of the people service's methods that answers as the test says.
class BackendTest : public ::testing::Test {
 protected:
  using Handler = std::function<void(GetStateRequest, serving::Call)>;

  void Serve(Handler handler, const std::string& address = "127.0.0.1:0") {
    rpc_ = std::make_unique<serving::RpcService>(kPeopleService);
    rpc_->Unary<GetStateRequest>("GetState", std::move(handler));
    for (const std::string& method : rpc_->Missing()) rpc_->Raw(method, [](serving::Call) {});
    auto server = serving::Server::Start({address, {rpc_.get()}});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->SetServing(true);
  }

  Backend::Options Options(std::shared_ptr<grpc::Channel> channel) {
    return {"people", kPeopleService, std::move(channel), [this] { return now_; },
            absl::Milliseconds(500)};
  }

  static CallOptions Within(absl::Duration duration) {
    return {absl::Now() + duration, "minister"};
  }

  // Asks for a state and waits for the end.
  Answer<State> Get(Backend& backend, absl::Duration deadline = kPatience) {
    GetStateRequest request;
    request.set_name("states/japan");
    Answer<State> answer;
    std::promise<void> done;
    Round round([&done] { done.set_value(); });
    round.Ask(backend, "GetState", request, Within(deadline), &answer);
    std::move(round).Close();
    done.get_future().wait();
    return answer;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'767'225'600);
  std::unique_ptr<serving::RpcService> rpc_;
  std::unique_ptr<serving::Server> server_;
};

State Japan() {
  State state;
  state.set_name("states/japan");
  return state;
}

TEST_F(BackendTest, HandsOnRequestPrincipalAndDeadline) {
  Serve([](GetStateRequest request, serving::Call call) {
    EXPECT_EQ(request.name(), "states/japan");
    EXPECT_EQ(call.principal(), "minister");
    // gRPC rounds a timeout up by less than a hundredth.
    EXPECT_LT(call.deadline(), absl::Now() + kPatience * 1.01);
    call.AddReplyMetadata(serving::kTokenMetadata, "sealed");
    std::move(call).Finish(Japan());
  });
  Backend backend(Options(Connect(server_->address(), kPeopleService)));
  const Answer<State> answer = Get(backend);
  ASSERT_TRUE(answer.reply.ok()) << answer.reply.status();
  EXPECT_EQ(answer.reply->name(), "states/japan");
  EXPECT_EQ(answer.token, "sealed");
}

TEST_F(BackendTest, KeepsTheServicesOwnErrors) {
  Serve([](GetStateRequest, serving::Call call) {
    std::move(call).Finish(
        errors::Error(types::v1::RESOURCE_NOT_FOUND, "no such state", {{"name", "states/japan"}}));
  });
  Backend backend(Options(server_->InProcessChannel()));
  const absl::Status status = Get(backend).reply.status();
  EXPECT_TRUE(errors::HasReason(status, types::v1::RESOURCE_NOT_FOUND)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("name"), "states/japan");
}

TEST_F(BackendTest, NamesTheServiceThatIsNotThere) {
  Backend backend(Options(Connect("127.0.0.1:1", kPeopleService)));
  const absl::Time begun = absl::Now();
  const absl::Status status = Get(backend).reply.status();
  EXPECT_TRUE(errors::HasReason(status, types::v1::SERVICE_UNREACHABLE)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("service"), "people");
  EXPECT_LT(absl::Now() - begun, kPatience / 2) << "it should not have waited for the deadline";
}

TEST_F(BackendTest, FindsAServiceThatComesBack) {
  Serve([](GetStateRequest, serving::Call call) { std::move(call).Finish(Japan()); });
  const std::string address = server_->address();
  Backend backend(Options(Connect(address, kPeopleService)));
  ASSERT_TRUE(Get(backend).reply.ok());
  server_->Shutdown(absl::ZeroDuration());
  server_.reset();
  EXPECT_FALSE(Get(backend).reply.ok());
  Serve([](GetStateRequest, serving::Call call) { std::move(call).Finish(Japan()); }, address);
  EXPECT_TRUE(Get(backend).reply.ok());
}

TEST_F(BackendTest, EndsAtTheDeadlineWhenTheServiceHangs) {
  std::mutex mutex;
  std::vector<serving::Call> held;
  Serve([&](GetStateRequest, serving::Call call) {
    std::lock_guard<std::mutex> lock(mutex);
    held.push_back(std::move(call));
  });
  Backend backend(Options(server_->InProcessChannel()));
  const absl::Status status = Get(backend, absl::Milliseconds(50)).reply.status();
  EXPECT_TRUE(errors::HasReason(status, types::v1::DEADLINE_EXPIRED)) << status;
  std::lock_guard<std::mutex> lock(mutex);
  for (serving::Call& call : held) std::move(call).Finish(Japan());
}

TEST_F(BackendTest, DoesNotUseWhatASkewedClockAnswers) {
  absl::Duration ahead;
  Serve([&](GetStateRequest, serving::Call call) {
    call.AddReplyMetadata(serving::kClockMetadata, absl::StrCat(absl::ToUnixMicros(now_ + ahead)));
    call.AddReplyMetadata(serving::kCommitTimeMetadata,
                          absl::StrCat(absl::ToUnixMicros(now_ + ahead)));
    std::move(call).Finish(Japan());
  });
  Backend backend(Options(server_->InProcessChannel()));
  for (const absl::Duration off : {absl::Hours(-1), absl::Hours(1)}) {
    ahead = off;
    const absl::Status status = Get(backend).reply.status();
    EXPECT_TRUE(errors::HasReason(status, types::v1::CLOCK_SKEW)) << status;
    EXPECT_EQ(errors::InfoOf(status).metadata().at("service"), "people");
    EXPECT_EQ(backend.newest_commit(), absl::InfinitePast());
  }
  for (const absl::Duration off : {absl::Milliseconds(-400), absl::Milliseconds(400)}) {
    ahead = off;
    EXPECT_TRUE(Get(backend).reply.ok());
    EXPECT_EQ(backend.newest_commit(), now_ + off);
  }
}

TEST_F(BackendTest, PassesBytesStatusAndMetadataUnchanged) {
  Serve([](GetStateRequest, serving::Call call) {
    call.AddReplyMetadata(serving::kTokenMetadata, "sealed");
    call.AddReplyMetadata("other", "not ours");
    std::move(call).Finish(errors::Error(types::v1::ETAG_MISMATCH, "moved on"));
  });
  Backend backend(Options(server_->InProcessChannel()));
  std::promise<RawReply> promise;
  backend.CallRaw("GetState", grpc::ByteBuffer(), Within(kPatience),
                  [&promise](RawReply reply) { promise.set_value(std::move(reply)); });
  const RawReply reply = promise.get_future().get();
  EXPECT_EQ(reply.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_FALSE(reply.status.error_details().empty());
  EXPECT_THAT(reply.metadata, ElementsAre(Pair(serving::kTokenMetadata, "sealed")));
}

TEST_F(BackendTest, ARoundEndsOnceWithAllAnswers) {
  Serve([](GetStateRequest, serving::Call call) { std::move(call).Finish(Japan()); });
  Backend backend(Options(server_->InProcessChannel()));
  GetStateRequest request;
  std::vector<Answer<State>> answers(100);
  std::promise<void> done;
  Round round([&done] { done.set_value(); });
  for (Answer<State>& answer : answers) {
    round.Ask(backend, "GetState", request, Within(kPatience), &answer);
  }
  std::move(round).Close();
  done.get_future().wait();
  for (const Answer<State>& answer : answers) EXPECT_TRUE(answer.reply.ok());
}

TEST(RoundTest, AnEmptyRoundEndsAtOnce) {
  int ended = 0;
  Round round([&ended] { ++ended; });
  EXPECT_EQ(ended, 0);
  std::move(round).Close();
  EXPECT_EQ(ended, 1);
}

TEST(ServiceConfigTest, TriesReadsTwiceAndNothingElse) {
  const std::string config = ServiceConfig(kPeopleService);
  EXPECT_NE(config.find(R"("method":"BatchGetPeople")"), std::string::npos);
  EXPECT_NE(config.find(R"("method":"ListTenures")"), std::string::npos);
  EXPECT_EQ(config.find(R"("method":"CreatePerson")"), std::string::npos);
  EXPECT_EQ(config.find(R"("method":"BatchCreatePeople")"), std::string::npos);
}

}  // namespace
}  // namespace chancery::gateway::upstream
