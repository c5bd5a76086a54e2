#include "services/resource/update_mask.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/types/v1/participant.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

namespace chancery::resource {
namespace {

using events::v1::Event;
using google::protobuf::FieldMask;
using testing::HasSubstr;

FieldMask MaskOf(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

Event EventOf(const std::string& text) {
  Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event)) << text;
  return event;
}

TEST(CheckUpdateMask, AcceptsWhatTheResourceHas) {
  for (const char* path : {"*",
                           "title",
                           "name",
                           "etag",
                           "kind",
                           "venue",
                           "venue.locality",
                           "time.edtf",
                           "observed",
                           "participants",
                           "participants.noda",
                           "participants.noda.role",
                           "participants.noda.id",
                           "participants.noda.side.level",
                           "participants.noda.capacities.pm.post",
                           "create_time",
                           "create_time.seconds",
                           "contested",
                           "accounts.a.value.participants.b.person",
                           "participants.0a",
                           "participants.role"}) {
    const absl::Status status = CheckUpdateMask(MaskOf({path}), Event::descriptor());
    EXPECT_TRUE(status.ok()) << path << ": " << status;
  }
  EXPECT_TRUE(CheckUpdateMask(FieldMask(), Event::descriptor()).ok());
  EXPECT_TRUE(CheckUpdateMask(MaskOf({"title", "venue", "title"}), Event::descriptor()).ok());
}

struct WrongPath {
  std::vector<std::string> paths;
  const char* path;
  const char* nearest;
  const char* sentence;
};

class WrongMask : public testing::TestWithParam<WrongPath> {};

TEST_P(WrongMask, IsRefused) {
  const auto& [paths, path, nearest, sentence] = GetParam();
  Event current;
  for (const absl::Status& status : {CheckUpdateMask(MaskOf(paths), Event::descriptor()),
                                     ApplyUpdateMask(MaskOf(paths), Event(), current)}) {
    ASSERT_TRUE(errors::HasReason(status, types::v1::FIELD_MASK_INVALID)) << path << status;
    const auto metadata = errors::InfoOf(status).metadata();
    EXPECT_EQ(metadata.at("path"), path);
    EXPECT_EQ(metadata.contains("nearest") ? metadata.at("nearest") : "", nearest) << path;
    EXPECT_THAT(std::string(status.message()), HasSubstr(sentence));
  }
}

TEST(WrongMaskPlace, IsThatOfTheNameAtFault) {
  const auto place = [](const std::string& path) {
    const absl::Status status = CheckUpdateMask(MaskOf({path}), Event::descriptor());
    return errors::InfoOf(status).metadata().at("position");
  };
  EXPECT_EQ(place("titel"), "0");
  EXPECT_EQ(place("venue.localty"), "6");
  EXPECT_EQ(place("participants.noda.rol"), "18");
  EXPECT_EQ(place("participants.Noda"), "13");
  EXPECT_EQ(place("title.x"), "6");
  Event current = EventOf("participants { id: 'noda' }");
  const absl::Status status =
      ApplyUpdateMask(MaskOf({"participants.nodda.role"}), Event(), current);
  EXPECT_EQ(errors::InfoOf(status).metadata().at("position"), "13") << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("nearest"), "participants.noda");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, WrongMask,
    testing::Values(
        WrongPath{{"titel"}, "titel", "title,time", "no such field (did you mean title or time?)"},
        WrongPath{{"title", "nosuchthing"}, "nosuchthing", "", "no such field"},
        WrongPath{{"venue.localty"}, "venue.localty", "venue.locality", "no such field"},
        WrongPath{{"participants.noda.rol"},
                  "participants.noda.rol",
                  "participants.noda.role",
                  "no such field"},
        WrongPath{{"mattersOpenEnded"}, "mattersOpenEnded", "matters_open_ended", "no such field"},
        WrongPath{{""}, "", "", "no such field"},
        WrongPath{{"venue."}, "venue.", "", "no such field"},
        WrongPath{{".title"}, ".title", "", "no such field"},
        WrongPath{{"title.x"}, "title.x", "", "'title' has no fields"},
        WrongPath{{"participants.0"}, "participants.0", "", "not by its place"},
        WrongPath{{"participants.12.role"}, "participants.12.role", "", "not by its place"},
        WrongPath{{"parents.0"}, "parents.0", "", "as a whole only"},
        WrongPath{{"observed.a.edtf"}, "observed.a.edtf", "", "as a whole only"},
        WrongPath{{"participants.Noda"}, "participants.Noda", "", "by its id"},
        WrongPath{{"participants.*.role"}, "participants.*.role", "", "by its id"},
        WrongPath{{"participants."}, "participants.", "", "not by its place"},
        WrongPath{{"*", "title"}, "*", "", "alone"}, WrongPath{{"title", "*"}, "*", "", "alone"},
        WrongPath{{"venue.*"}, "venue.*", "", "no such field"}));

TEST(CheckUpdateMask, HasALimit) {
  std::vector<std::string> paths(kMaxMaskPaths, "title");
  EXPECT_TRUE(CheckUpdateMask(MaskOf(paths), Event::descriptor()).ok());
  paths.push_back("title");
  EXPECT_FALSE(CheckUpdateMask(MaskOf(paths), Event::descriptor()).ok());
}

TEST(CheckUpdateMask, DoesNotRepeatALongPath) {
  std::string path;
  while (path.size() < 100'000) path += "語";
  const absl::Status status = CheckUpdateMask(MaskOf({path}), Event::descriptor());
  EXPECT_LT(errors::InfoOf(status).ByteSizeLong() + status.message().size(), 2000u);
}

struct Update {
  const char* what;
  std::vector<std::string> paths;
  const char* update;
  const char* current;
  const char* wanted;
};

class UpdateOfAnEvent : public testing::TestWithParam<Update> {};

TEST_P(UpdateOfAnEvent, ChangesWhatIsMasked) {
  const auto& [what, paths, update, before, wanted] = GetParam();
  Event current = EventOf(before);
  const absl::Status status = ApplyUpdateMask(MaskOf(paths), EventOf(update), current);
  ASSERT_TRUE(status.ok()) << what << ": " << status;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(current, EventOf(wanted)))
      << what << ":\n"
      << current.DebugString();
}

constexpr char kMeeting[] = R"pb(
  name: "events/a"
  etag: "\"1\""
  title: "old"
  kind: MEETING
  venue { locality: "Tokyo" state: "states/jp" }
  parents: [ "events/p", "events/q" ]
  contested: true
  create_time { seconds: 1 }
)pb";

INSTANTIATE_TEST_SUITE_P(
    Fields, UpdateOfAnEvent,
    testing::Values(
        Update{"one field",
               {"title"},
               "title: 'new' kind: VISIT",
               "title: 'old' kind: TALKS",
               "title: 'new' kind: TALKS"},
        Update{
            "an unset field", {"title"}, "kind: VISIT", "title: 'old' kind: TALKS", "kind: TALKS"},
        Update{"a field that was unset", {"title"}, "title: 'new'", "", "title: 'new'"},
        Update{"a subfield",
               {"venue.locality"},
               "venue { locality: 'B' state: 'states/x' }",
               "venue { locality: 'A' state: 'states/a' }",
               "venue { locality: 'B' state: 'states/a' }"},
        Update{"a subfield of an unset message",
               {"venue.locality"},
               "",
               "venue { locality: 'A' state: 'states/a' }",
               "venue { state: 'states/a' }"},
        Update{"a subfield of a message unset in both",
               {"venue.locality"},
               "",
               "title: 'a'",
               "title: 'a'"},
        Update{"a subfield of a new message",
               {"venue.locality"},
               "venue { locality: 'B' state: 'x' }",
               "",
               "venue { locality: 'B' }"},
        Update{"a message",
               {"venue"},
               "venue { locality: 'B' }",
               "venue { locality: 'A' state: 'states/a' }",
               "venue { locality: 'B' }"},
        Update{"a message that is there and empty",
               {"venue"},
               "venue {}",
               "venue { locality: 'A' }",
               "venue {}"},
        Update{"an unset message", {"venue"}, "", "venue { locality: 'A' }", ""},
        Update{"a list", {"parents"}, "parents: 'c'", "parents: ['a', 'b']", "parents: 'c'"},
        Update{"an unset list", {"parents"}, "", "parents: ['a', 'b']", ""},
        Update{"a list of messages",
               {"observed"},
               "observed { edtf: '2009' }",
               "observed { edtf: '2001' } observed { edtf: '2002' }",
               "observed { edtf: '2009' }"},
        Update{"paths that overlap",
               {"venue.locality", "venue", "venue.state"},
               "venue { locality: 'B' }",
               "venue { locality: 'A' state: 'x' basis_reason: 'r' }",
               "venue { locality: 'B' }"},
        Update{"what updates leave alone",
               {"name", "etag", "create_time", "contested", "create_time.seconds"},
               "name: 'events/b' etag: 'x' contested: false create_time { seconds: 9 }",
               kMeeting,
               kMeeting}));

INSTANTIATE_TEST_SUITE_P(
    Whole, UpdateOfAnEvent,
    testing::Values(
        Update{"no mask: what is set",
               {},
               "name: 'events/b' etag: 'x' title: 'new' venue { locality: 'B' } contested: false "
               "parents: 'events/r' update_time { seconds: 7 }",
               kMeeting,
               R"pb(
                 name: "events/a"
                 etag: "\"1\""
                 title: "new"
                 kind: MEETING
                 venue { locality: "B" }
                 parents: "events/r"
                 contested: true
                 create_time { seconds: 1 }
               )pb"},
        Update{"no mask, nothing set", {}, "", kMeeting, kMeeting},
        Update{"everything",
               {"*"},
               "name: 'events/b' mode: PHONE venue { locality: 'B' } etag: 'x'",
               kMeeting,
               R"pb(
                 name: "events/a"
                 etag: "\"1\""
                 mode: PHONE
                 venue { locality: "B" }
                 contested: true
                 create_time { seconds: 1 }
               )pb"}));

constexpr char kTwo[] =
    "participants { id: 'a' role: HOST person: 'people/a' } "
    "participants { id: 'b' role: VISITOR person: 'people/b' }";

INSTANTIATE_TEST_SUITE_P(
    Elements, UpdateOfAnEvent,
    testing::Values(
        Update{"a field of an element",
               {"participants.b.role"},
               "participants { id: 'b' role: CHAIR person: 'people/x' }",
               kTwo,
               "participants { id: 'a' role: HOST person: 'people/a' } "
               "participants { id: 'b' role: CHAIR person: 'people/b' }"},
        Update{"a field of an element that is not in the update",
               {"participants.b.role"},
               "",
               kTwo,
               "participants { id: 'a' role: HOST person: 'people/a' } "
               "participants { id: 'b' person: 'people/b' }"},
        Update{"a field of a new element",
               {"participants.c.role"},
               "participants { id: 'c' role: CHAIR person: 'people/c' }",
               "participants { id: 'a' role: HOST }",
               "participants { id: 'a' role: HOST } participants { id: 'c' role: CHAIR }"},
        Update{"an element",
               {"participants.a"},
               "participants { id: 'a' role: CHAIR }",
               kTwo,
               "participants { id: 'a' role: CHAIR } "
               "participants { id: 'b' role: VISITOR person: 'people/b' }"},
        Update{"a new element",
               {"participants.c"},
               "participants { id: 'c' role: CHAIR }",
               "participants { id: 'a' }",
               "participants { id: 'a' } participants { id: 'c' role: CHAIR }"},
        Update{"an element that is not in the update",
               {"participants.a"},
               "",
               kTwo,
               "participants { id: 'b' role: VISITOR person: 'people/b' }"},
        Update{"an element's id", {"participants.a.id"}, "participants { id: 'a' }", kTwo, kTwo},
        Update{"an element of an element",
               {"participants.a.capacities.pm.acting"},
               "participants { id: 'a' capacities { id: 'pm' acting: true } }",
               "participants { id: 'a' capacities { id: 'fm' } capacities { id: 'pm' post: "
               "'posts/pm' } }",
               "participants { id: 'a' capacities { id: 'fm' } "
               "capacities { id: 'pm' post: 'posts/pm' acting: true } }"},
        Update{"a member of a oneof",
               {"participants.a.post"},
               "participants { id: 'a' post: 'posts/x' }",
               "participants { id: 'a' person: 'people/a' }",
               "participants { id: 'a' post: 'posts/x' }"},
        Update{"a member of a oneof that is unset",
               {"participants.a.post"},
               "participants { id: 'a' person: 'people/b' }",
               "participants { id: 'a' person: 'people/a' }",
               "participants { id: 'a' person: 'people/a' }"},
        Update{"both members of a oneof",
               {"participants.a.person", "participants.a.post"},
               "participants { id: 'a' person: 'people/b' }",
               "participants { id: 'a' post: 'posts/a' }",
               "participants { id: 'a' person: 'people/b' }"},
        Update{"both members of a oneof, the other way round",
               {"participants.a.post", "participants.a.person"},
               "participants { id: 'a' person: 'people/b' }",
               "participants { id: 'a' post: 'posts/a' }",
               "participants { id: 'a' person: 'people/b' }"}));

TEST(ApplyUpdateMask, RefusesAnElementThatIsNowhere) {
  for (const char* path : {"participants.c", "participants.c.role", "participants.role"}) {
    Event current = EventOf(kTwo);
    const absl::Status status = ApplyUpdateMask(MaskOf({path}), EventOf(kTwo), current);
    EXPECT_TRUE(errors::HasReason(status, types::v1::FIELD_MASK_INVALID)) << path;
    EXPECT_EQ(errors::InfoOf(status).metadata().at("path"), path);
  }
}

}  // namespace
}  // namespace chancery::resource
