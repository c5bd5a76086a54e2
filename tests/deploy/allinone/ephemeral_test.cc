// A register that keeps nothing says so in every reply.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "deploy/allinone/register.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "services/serving/call.h"
#include "tests/support/caller.h"
#include "tests/support/process.h"
#include "tests/support/status_matchers.h"

namespace chancery::allinone {
namespace {

constexpr const char* kServices[] = {
    "chancery.gateway.v1.GatewayService", "chancery.people.v1.PeopleService",
    "chancery.events.v1.EventsService", "chancery.agreements.v1.AgreementsService"};

// What gRPC itself serves: the request of `Check` asks about the whole server, that of reflection
// for the list of services.
constexpr const char* kHealth = "grpc.health.v1.Health/Check";
constexpr const char* kReflection = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr char kListServices[] = "\x3a\x00";

// Calls every method with nothing in its request: some answer, most refuse. Returns how many
// replies say that nothing is kept, and how many there are.
std::pair<int, int> SayEphemeral(const Register& served) {
  testing::Caller caller(served.address());
  int say = 0;
  int replies = 0;
  const auto count = [&] {
    ++replies;
    const auto found = caller.metadata().find(serving::kEphemeralMetadata);
    if (found != caller.metadata().end() && found->second == "true") ++say;
  };
  for (const char* name : kServices) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; i < service->method_count(); ++i) {
      (void)caller.CallBytes(absl::StrCat(name, "/", service->method(i)->name()), "");
      count();
    }
  }
  EXPECT_THAT(caller.CallBytes(kHealth, ""), testing::IsOk());
  count();
  EXPECT_THAT(caller.CallBytes(kReflection, std::string(kListServices, 2)), testing::IsOk());
  count();
  return {say, replies};
}

TEST(Ephemeral, IsSaidByEveryReply) {
  const auto served = Register::Start({});
  ASSERT_THAT(served, testing::IsOk());
  const auto [say, replies] = SayEphemeral(**served);
  EXPECT_EQ(say, replies);
  EXPECT_GT(replies, 80);
}

TEST(Ephemeral, IsNotSaidWhereTheRecordIsKept) {
  const auto served = Register::Start({.data = testing::NewFolder("kept")});
  ASSERT_THAT(served, testing::IsOk());
  EXPECT_EQ(SayEphemeral(**served).first, 0);
}

}  // namespace
}  // namespace chancery::allinone
