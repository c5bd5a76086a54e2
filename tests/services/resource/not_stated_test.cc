// Paths of silence, through the gateway, the real service and the real store.

#include "services/resource/not_stated.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/gateway/v1/records.pb.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery::resource {
namespace {

using events::v1::Event;
using ::testing::AllOf;
using testing::Caller;
using testing::HasMetadata;
using testing::HasReason;
using testing::IsOk;

// A meeting with one participant, in 2009, of which nothing else is said.
constexpr char kEvent[] = R"(
  kind: MEETING
  time { edtf: '2009' }
  participants { id: 'noda' as_stated: 'he' capacities { id: 'pm' post: 'posts/pm' } }
)";

class NotStated : public ::testing::Test {
 protected:
  void SetUp() override {
    auto served = allinone::Register::Start({});
    ASSERT_THAT(served, IsOk());
    register_ = *std::move(served);
    caller_.emplace(register_->address());
    people::v1::CreatePostRequest post;
    post.set_post_id("pm");
    post.mutable_post();
    ASSERT_THAT(
        caller_->Call<people::v1::Post>("chancery.people.v1.PeopleService/CreatePost", post),
        IsOk());
  }

  static Event Silent(const std::string& path) {
    Event event;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kEvent, &event));
    if (!path.empty()) event.add_not_stated(path);
    return event;
  }

  absl::Status Create(const std::string& path) {
    events::v1::CreateEventRequest request;
    request.set_event_id(absl::StrCat("e", next_++));
    *request.mutable_event() = Silent(path);
    return caller_->Call<Event>("chancery.events.v1.EventsService/CreateEvent", request).status();
  }

  std::unique_ptr<allinone::Register> register_;
  std::optional<Caller> caller_;
  int next_ = 0;
};

TEST_F(NotStated, NamesWhatIsUnset) {
  for (const char* path :
       {"", "venue", "venue.locality", "time.as_stated", "outcomes", "participants.noda.role",
        "participants.noda.side.level", "participants.noda.capacities.pm.title_as_stated"}) {
    EXPECT_THAT(Create(path), IsOk()) << path;
  }
}

TEST_F(NotStated, NamesNothingThatIsNotThere) {
  const auto expect_refused = [&](const std::string& path, int position) {
    EXPECT_THAT(Create(path), AllOf(HasReason(types::v1::FIELD_MASK_INVALID),
                                    HasMetadata("path", path), HasMetadata("field", "not_stated.0"),
                                    HasMetadata("position", absl::StrCat(position))))
        << path;
  };
  expect_refused("veneu", 0);
  expect_refused("venue.town", 6);
  expect_refused("participants.noda.rol", 18);
  expect_refused("participants.gemba.role", 13);
  expect_refused("participants.noda.capacities.fm", 29);
  expect_refused("venue.locality.name", 15);
  expect_refused("contested", 0);
  expect_refused("name", 0);
  EXPECT_THAT(Create("veneu"), HasMetadata("nearest", "venue"));
}

TEST_F(NotStated, NamesNothingThatIsSet) {
  for (const char* path : {"time", "time.edtf", "kind", "participants", "participants.noda",
                           "participants.noda.as_stated", "participants.noda.capacities"}) {
    EXPECT_THAT(Create(path),
                AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "not_stated.0"),
                      HasMetadata("value", path)))
        << path;
  }
}

// Whatever way a record is written, and whichever of the two comes first.
TEST_F(NotStated, IsCheckedOnEveryWay) {
  ASSERT_THAT(Create("venue"), IsOk());
  const auto update = [&](const std::string& text) {
    events::v1::UpdateEventRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
    return caller_->Call<Event>("chancery.events.v1.EventsService/UpdateEvent", request).status();
  };
  EXPECT_THAT(update("event { name: 'events/e0' venue { locality: 'Tokyo' } }"
                     " update_mask { paths: 'venue' }"),
              HasReason(types::v1::FIELD_INVALID));
  EXPECT_THAT(update("event { name: 'events/e0' not_stated: 'kind' }"
                     " update_mask { paths: 'not_stated' }"),
              HasReason(types::v1::FIELD_INVALID));
  EXPECT_THAT(update("event { name: 'events/e0' venue { locality: 'Tokyo' } }"
                     " update_mask { paths: 'venue' paths: 'not_stated' }"),
              IsOk());

  events::v1::BatchCreateEventsRequest batch;
  auto* one = batch.add_requests();
  one->set_event_id("batched");
  *one->mutable_event() = Silent("kind");
  EXPECT_THAT(caller_->Call<events::v1::BatchCreateEventsResponse>(
                  "chancery.events.v1.EventsService/BatchCreateEvents", batch),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("index", "0")));

  gateway::v1::ImportRecordsRequest import;
  import.add_lines()->set_text(
      R"({"name": "events/line", "kind": "MEETING", "notStated": ["kind"]})");
  import.add_lines()->set_text(
      R"({"name": "events/good", "kind": "MEETING", "notStated": ["venue"]})");
  const auto imported = caller_->Call<gateway::v1::ImportRecordsResponse>(
      "chancery.gateway.v1.GatewayService/ImportRecords", import);
  ASSERT_THAT(imported, IsOk());
  ASSERT_EQ(imported->outcomes_size(), 2);
  EXPECT_NE(imported->outcomes(0).error().code(), 0);
  EXPECT_EQ(imported->outcomes(1).error().code(), 0);
}

}  // namespace
}  // namespace chancery::resource
