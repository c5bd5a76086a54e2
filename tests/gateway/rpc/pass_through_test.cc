// The services' own methods at the gateway's address: unchanged, but for references that must hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "chancery/types/v1/status.pb.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::Contains;
using ::testing::Key;

class PassThroughTest : public RegisterTest {
 protected:
  absl::Status CreateEvent(const std::string& event) {
    return Call<events::v1::CreateEventRequest, events::v1::Event>(
               "events.v1.EventsService/CreateEvent", "event { kind: MEETING " + event + " }")
        .status();
  }
  absl::StatusOr<people::v1::State> GetState(const std::string& name) {
    return Call<people::v1::GetStateRequest, people::v1::State>("people.v1.PeopleService/GetState",
                                                                "name: '" + name + "'");
  }
};

TEST_F(PassThroughTest, RepliesAndMetadataComeThrough) {
  FillIn();
  const auto state = GetState("states/japan");
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->names(0).text(), "Japan");
  for (const char* key : {"chancery-token", "chancery-clock", "chancery-commit-time"}) {
    EXPECT_THAT(reply_metadata_, Contains(Key(key)));
  }
}

TEST_F(PassThroughTest, ErrorsComeThroughWithTheirDetails) {
  const auto state = GetState("states/atlantis");
  EXPECT_TRUE(errors::HasReason(state.status(), types::v1::RESOURCE_NOT_FOUND)) << state.status();
  EXPECT_EQ(errors::InfoOf(state.status()).metadata().at("name"), "states/atlantis");
}

TEST_F(PassThroughTest, NamesTheServiceThatIsAway) {
  Stop("people");
  const auto state = GetState("states/japan");
  EXPECT_TRUE(errors::HasReason(state.status(), types::v1::SERVICE_UNREACHABLE)) << state.status();
  EXPECT_EQ(errors::InfoOf(state.status()).metadata().at("service"), "people");
}

TEST_F(PassThroughTest, KeepsTheCallersDeadline) {
  Hang("people");
  const auto state = Call<people::v1::GetStateRequest, people::v1::State>(
      "people.v1.PeopleService/GetState", "name: 'states/japan'", absl::Milliseconds(200));
  EXPECT_TRUE(errors::HasReason(state.status(), types::v1::DEADLINE_EXPIRED)) << state.status();
}

TEST_F(PassThroughTest, ReferencesToOtherServicesMustExist) {
  FillIn();
  const absl::Status status = CreateEvent("participants { id: 'who' person: 'people/nobody' }");
  EXPECT_TRUE(errors::HasReason(status, types::v1::REFERENCE_NOT_FOUND)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("field"), "event.participants.who.person");
  EXPECT_EQ(errors::InfoOf(status).metadata().at("value"), "people/nobody");
  EXPECT_TRUE(CreateEvent("participants { id: 'who' person: 'people/noda' } "
                          "agreements: 'agreements/joint-declaration'")
                  .ok());
}

TEST_F(PassThroughTest, ReferencesToDeletedRecordsHold) {
  FillIn();
  Create("Person", "gone", "");
  const auto deleted = Call<people::v1::DeleteStateRequest, people::v1::State>(
      "people.v1.PeopleService/DeletePerson", "name: 'people/gone'");
  ASSERT_TRUE(deleted.ok()) << deleted.status();
  const absl::Status status = CreateEvent("participants { id: 'who' person: 'people/gone' }");
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(PassThroughTest, NothingIsWrittenUnchecked) {
  FillIn();
  Stop("people");
  const absl::Status status = CreateEvent("participants { id: 'who' person: 'people/noda' }");
  EXPECT_TRUE(errors::HasReason(status, types::v1::SERVICE_UNREACHABLE)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("service"), "people");
  EXPECT_TRUE(CreateEvent("title: 'needs nobody'").ok());
}

TEST_F(PassThroughTest, AnOwnerThatHangsIsNamedInTime) {
  FillIn();
  Hang("people");
  const auto reply = Call<events::v1::CreateEventRequest, events::v1::Event>(
      "events.v1.EventsService/CreateEvent",
      "event { kind: MEETING participants { id: 'who' person: 'people/noda' } }", absl::Seconds(2));
  EXPECT_TRUE(errors::HasReason(reply.status(), types::v1::SERVICE_UNREACHABLE)) << reply.status();
}

TEST_F(PassThroughTest, UndecodableBytesGetTheServicesOwnError) {
  types::v1::GetStoreStatusRequest wrong;
  wrong.GetReflection()->MutableUnknownFields(&wrong)->AddVarint(1, 7);
  events::v1::Event reply;
  const absl::Status status =
      Call("events.v1.EventsService/CreateEvent", wrong, &reply, absl::Seconds(30));
  EXPECT_FALSE(errors::InfoOf(status).reason().empty()) << status;
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace chancery::gateway::rpc
