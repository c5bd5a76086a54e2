// Records as lines of JSON: their names, what they refer to, what is left out of them.

#include "gateway/records/json_record.h"

#include <string>

#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/events/v1/event.pb.h"
#include "gateway/records/open_references.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace chancery::gateway::records {
namespace {

using ::chancery::testing::HasReason;
using ::testing::ElementsAre;

TEST(NameOf, IsTheOutermostOne) {
  for (const char* line :
       {R"({"name":"events/e"})", R"( { "kind" : "TREATY" , "name" : "events/e" } )",
        R"({"b":{"name":"no"},"c":[{"name":"no"}],"d":-1.5e3,"e":null,"name":"events/e"})",
        R"({"a":"x\",\"name\":\"no\"","name":"events/e"})",
        R"({"a":"}],{[","n\u0061me":"events/e"})", R"({"name":"events\/e"})"}) {
    const auto name = NameOf(line);
    ASSERT_TRUE(name.ok()) << line << name.status();
    EXPECT_EQ(*name, "events/e") << line;
  }
}

TEST(NameOf, SaysThatThereIsNone) {
  EXPECT_THAT(NameOf(R"({"b":{"name":"no"}})"), HasReason(types::v1::REQUIRED_FIELD_MISSING));
  EXPECT_THAT(NameOf(R"({"name":5})"), HasReason(types::v1::REQUIRED_FIELD_MISSING));
  EXPECT_THAT(NameOf(R"({"a":"b)"), HasReason(types::v1::REQUEST_UNDECODABLE));
  EXPECT_THAT(NameOf("[]"), HasReason(types::v1::REQUEST_UNDECODABLE));
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

TEST(ClearComputed, LeavesWhatIsStated) {
  events::v1::Event event;
  event.set_name("events/e");
  event.set_etag("\"1\"");
  event.mutable_time()->set_edtf("2012");
  event.mutable_time()->mutable_earliest()->set_year(2012);
  event.mutable_create_time()->set_seconds(5);
  ClearComputed(event);
  EXPECT_EQ(*WriteJson(event), R"({"name":"events/e","time":{"edtf":"2012"}})");
}

TEST(CheckUtf8, RefusesWhatIsNone) {
  EXPECT_TRUE(CheckUtf8("\u91ce\u7530").ok());
  EXPECT_THAT(CheckUtf8("\xff"), HasReason(types::v1::TEXT_NOT_UTF8));
}

}  // namespace
}  // namespace chancery::gateway::records
