#include <string>
#include <vector>

#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/events/v1/event.pb.h"
#include "gateway/ctl/call/uuid.h"
#include "gateway/ctl/import/levels.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/import/references.h"
#include "gateway/ctl/import/same_record.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace chancery::ctl {
namespace {

using ::chancery::testing::HasMetadata;
using ::chancery::testing::HasReason;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Levels, PutWhatIsNeededFirst) {
  EXPECT_THAT(LevelsOf({}), IsEmpty());
  EXPECT_THAT(LevelsOf({{1}, {2}, {}}), ElementsAre(2, 1, 0));
  EXPECT_THAT(LevelsOf({{}, {0}, {0, 1}}), ElementsAre(0, 1, 2));
}

TEST(Levels, GiveACircleOneLevel) {
  // 0 and 1 need each other and both need 2; 3 needs 0.
  EXPECT_THAT(LevelsOf({{1, 2}, {0}, {}, {0}}), ElementsAre(1, 1, 0, 2));
}

TEST(Levels, WalkALongChain) {
  std::vector<std::vector<size_t>> needs(200'000);
  for (size_t i = 0; i + 1 < needs.size(); ++i) needs[i] = {i + 1};
  EXPECT_EQ(LevelsOf(needs).front(), 199'999);
}

TEST(Uuid, HasTheShapeOfVersion4) {
  const std::string uuid = UuidOf("lines");
  EXPECT_THAT(uuid, ::testing::MatchesRegex(
                        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(uuid, UuidOf("lines"));
  EXPECT_NE(uuid, UuidOf("other lines"));
  EXPECT_NE(NewUuid(), NewUuid());
}

TEST(References, AreFoundAtAnyDepth) {
  agreements::v1::Agreement agreement;
  agreement.add_acts()->set_event("events/signing");
  agreement.add_matters("matters/m");
  EXPECT_THAT(ReferencesOf(agreement), ElementsAre("events/signing", "matters/m"));
}

TEST(References, GoWithTheElementThatNeedsThem) {
  events::v1::Event event;
  event.add_agreements("agreements/a");
  event.add_agreements("agreements/b");
  auto* relation = event.add_relations();
  relation->set_id("r");
  relation->set_target("agreements/a");
  event.add_relations()->set_target("matters/m");
  event.set_post("agreements/a");
  const bool removed =
      RemoveReferences(event, [](const std::string& name) { return name == "agreements/a"; });
  EXPECT_TRUE(removed);
  EXPECT_THAT(event.agreements(), ElementsAre("agreements/b"));
  ASSERT_EQ(event.relations_size(), 1);
  EXPECT_EQ(event.relations(0).target(), "matters/m");
  EXPECT_EQ(event.post(), "");
  EXPECT_FALSE(RemoveReferences(event, [](const std::string&) { return false; }));
}

TEST(SaySame, LooksAtWhatTheClientWrote) {
  events::v1::Event ours;
  ours.set_name("events/e");
  ours.mutable_time()->set_edtf("2012");
  events::v1::Event theirs = ours;
  theirs.set_etag("\"1\"");
  theirs.mutable_create_time()->set_seconds(5);
  theirs.mutable_time()->mutable_earliest()->set_year(2012);
  theirs.mutable_origin()->set_dataset("other");
  EXPECT_TRUE(SaySame(ours, theirs));
  theirs.set_title("changed");
  EXPECT_FALSE(SaySame(ours, theirs));
}

TEST(ReadRecord, FindsTheKindByTheName) {
  ASSERT_OK_AND_ASSIGN(const LineRecord record,
                       ReadRecord(R"({"name": "events/e", "kind": "PHONE_CALL"})"));
  EXPECT_EQ(record.kind->collection, "events");
  EXPECT_EQ(record.message->GetDescriptor(), events::v1::Event::descriptor());
}

TEST(ReadRecord, SaysWhatFieldMayHaveBeenMeant) {
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "titel": "x"})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "titel"),
                    HasMetadata("nearest", "title,time")));
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "venue": {"localty": "x"}})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "venue.localty"),
                    HasMetadata("nearest", "locality")));
}

TEST(ReadRecord, SaysWhatValueMayHaveBeenMeant) {
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "kind": "PHONE_CAL"})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "kind"),
                    HasMetadata("nearest", "PHONE_CALL")));
}

TEST(ReadRecord, RefusesWhatIsNoRecord) {
  EXPECT_THAT(ReadRecord(R"({"name": )"), HasReason(types::v1::REQUEST_UNDECODABLE));
  EXPECT_THAT(ReadRecord(R"({"title": "x"})"), HasReason(types::v1::REQUIRED_FIELD_MISSING));
  EXPECT_THAT(ReadRecord(R"({"name": "evnts/e"})"),
              AllOf(HasReason(types::v1::USAGE_INVALID), HasMetadata("nearest", "events/e")));
}

}  // namespace
}  // namespace chancery::ctl
