// Who met whom: encounters of a small real register.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPutin[] =
    "participants { id: 'putin' person: 'people/putin' represents: 'states/russia' } ";

class EncountersTest : public RegisterTest {
 protected:
  void SetUp() override {
    RegisterTest::SetUp();
    FillIn();
    Create("Event", "call",
           absl::StrCat("kind: PHONE_CALL time { edtf: '2012-03' } ", kPutin,
                        "participants { id: 'pm' post: 'posts/japan-pm' "
                        "represents: 'states/japan' }"));
    Create("Event", "expected",
           absl::StrCat("kind: MEETING time { edtf: '2013' } ", kPutin,
                        "participants { id: 'noda' person: 'people/noda' attendance: INTENDED }"));
    Create("Event", "visit",
           "kind: VISIT time { edtf: '2012-05' } destination: 'states/russia' "
           "participants { id: 'noda' person: 'people/noda' represents: 'states/japan' }");
    Create("Person", "kan", "names { id: 'en' text: 'Naoto Kan' use: PUBLISHED }");
    Create("Event", "old",
           "kind: MEETING time { edtf: '1990' } "
           "participants { id: 'kan' person: 'people/kan' represents: 'states/japan' } "
           "participants { id: 'su' side { state: 'states/ussr' } }");
  }

  absl::StatusOr<v1::ListEncountersResponse> List(const std::string& party,
                                                  const std::string& other,
                                                  const std::string& more = "") {
    return Call<v1::ListEncountersRequest, v1::ListEncountersResponse>(
        "gateway.v1.GatewayService/ListEncounters",
        absl::StrCat("party: '", party, "' other_party: '", other, "' ", more));
  }

  std::vector<std::string> Names(const std::string& party, const std::string& other,
                                 const std::string& more = "") {
    const auto list = List(party, other, more);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    if (!list.ok()) return names;
    for (const auto& one : list->encounters()) names.push_back(one.entry().event().name());
    return names;
  }
};

TEST_F(EncountersTest, OfTwoPeopleAreTheEventsInWhichBothTookPart) {
  const auto list = List("people/noda", "people/putin");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_THAT(list->unreachable(), IsEmpty());
  ASSERT_EQ(list->encounters_size(), 1) << "who was only expected was not there";
  const v1::Encounter& met = list->encounters(0);
  EXPECT_EQ(met.entry().event().title(), "Meeting at Los Cabos");
  EXPECT_EQ(met.entry().host_event_title(), "G20 summit");
  ASSERT_EQ(met.parties_size(), 1);
  EXPECT_EQ(met.parties(0).party(), "people/noda");
  EXPECT_EQ(met.parties(0).display_name(), "Yoshihiko Noda");
  EXPECT_THAT(met.parties(0).posts(), ElementsAre("posts/japan-pm"));
  EXPECT_THAT(met.parties(0).titles(), ElementsAre("Prime Minister"));
  EXPECT_EQ(met.parties(0).state(), "states/japan");
  ASSERT_EQ(met.other_parties_size(), 1);
  EXPECT_THAT(met.other_parties(0).posts(), IsEmpty()) << "not stated";
}

TEST_F(EncountersTest, AreTheSameFromEitherSide) {
  EXPECT_EQ(Names("people/putin", "people/noda"), Names("people/noda", "people/putin"));
  EXPECT_EQ(Names("people/putin", "posts/japan-pm"), Names("posts/japan-pm", "people/putin"));
}

TEST_F(EncountersTest, OfAPostAreThoseOfWhoActsInItNamedOrNot) {
  EXPECT_THAT(Names("posts/japan-pm", "people/putin"),
              ElementsAre("events/call", "events/los-cabos"));
  EXPECT_THAT(Names("posts/japan-pm", "states/russia"),
              ElementsAre("events/call", "events/los-cabos"));
}

TEST_F(EncountersTest, WithAStateNeedSomebodyWhoWasThereForIt) {
  EXPECT_THAT(Names("people/noda", "states/russia"), ElementsAre("events/los-cabos"))
      << "nobody is said to have received the visitor";
  EXPECT_THAT(Names("people/putin", "states/japan"),
              ElementsAre("events/call", "events/los-cabos"));
}

TEST_F(EncountersTest, WithAStateFollowItsSuccession) {
  EXPECT_THAT(Names("people/kan", "states/russia"), ElementsAre("events/old"));
  EXPECT_THAT(Names("people/kan", "states/russia", "exclude_predecessors: true"), IsEmpty());
  EXPECT_THAT(Names("people/kan", "states/ussr"), ElementsAre("events/old"));
}

TEST_F(EncountersTest, ComePageByPageAtOneMoment) {
  for (int i = 0; i < 7; ++i) {
    Create("Event", absl::StrCat("e", i),
           absl::StrCat("kind: MEETING time { edtf: '200", i, "' } ", kPutin,
                        i % 2 == 0 ? "participants { id: 'pm' post: 'posts/japan-pm' }"
                                   : "participants { id: 'noda' person: 'people/noda' "
                                     "capacities { id: 'pm' post: 'posts/japan-pm' } }"));
  }
  const std::vector<std::string> whole = Names("posts/japan-pm", "states/russia");
  ASSERT_EQ(whole.size(), 9u);
  std::vector<std::string> names;
  std::string token;
  for (int page = 0; page == 0 || !token.empty(); ++page) {
    ASSERT_LT(page, 30);
    const auto part = List("posts/japan-pm", "states/russia",
                           absl::StrCat("page_size: 2 page_token: '", token, "'"));
    ASSERT_TRUE(part.ok()) << part.status();
    for (const auto& one : part->encounters()) names.push_back(one.entry().event().name());
    token = part->next_page_token();
    Create("Event", absl::StrCat("meanwhile", page),
           absl::StrCat("kind: MEETING time { edtf: '2005' } ", kPutin,
                        "participants { id: 'pm' post: 'posts/japan-pm' }"));
    Advance(absl::Seconds(1));
  }
  EXPECT_EQ(names, whole);
}

TEST_F(EncountersTest, AreRefusedWhereTheQuestionIsWrong) {
  const auto reason = [&](const std::string& party, const std::string& other) {
    const auto reply = List(party, other);
    return reply.ok() ? "" : errors::InfoOf(reply.status()).reason();
  };
  EXPECT_EQ(reason("", "people/putin"), "REQUIRED_FIELD_MISSING");
  EXPECT_EQ(reason("people/noda", ""), "REQUIRED_FIELD_MISSING");
  EXPECT_EQ(reason("states/japan", "states/russia"), "RESOURCE_NAME_INVALID");
  EXPECT_EQ(reason("people/noda", "events/call"), "RESOURCE_NAME_INVALID");
  EXPECT_EQ(reason("people/noda", "people/noda"), "FIELD_INVALID");
  EXPECT_EQ(reason("people/noda", "people/nobody"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reason("people/noda", "states/atlantis"), "RESOURCE_NOT_FOUND");
}

TEST_F(EncountersTest, WithoutAServiceSayWhatIsMissing) {
  Stop("people");
  auto list = List("people/noda", "people/putin");
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->unreachable_size(), 1);
  EXPECT_THAT(list->unreachable(0).sections(), ElementsAre("encounters"));
  ASSERT_EQ(list->encounters_size(), 1);
  EXPECT_EQ(list->encounters(0).parties(0).display_name(), "noda");
  Stop("events");
  list = List("people/noda", "people/putin");
  ASSERT_EQ(list->unreachable_size(), 2);
  EXPECT_EQ(list->encounters_size(), 0);
}

}  // namespace
}  // namespace chancery::gateway::rpc
