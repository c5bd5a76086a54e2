// The sections of a dossier beside timeline and agreements: what they show, page by page.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

class SectionsTest : public RegisterTest {
 protected:
  void SetUp() override {
    RegisterTest::SetUp();
    FillIn();
    Create("Source", "brief", "title: 'A brief'");
    const std::string both = "states: 'states/russia' states: 'states/japan' ";
    Create("Matter", "islands", "title: 'Islands' kind: QUESTION " + both);
    Create("Matter", "belligerency",
           "title: 'State of belligerency' states: 'states/ussr' states: 'states/japan'");
    Create("Position", "claim",
           "kind: CLAIM text: 'claims them' holders { id: 'jp' state: 'states/japan' } "
           "subjects { id: 'i' target: 'matters/islands' }");
    Create("Position", "view",
           "text: 'without ground' holders { id: 'a' source: 'sources/brief' } "
           "subjects { id: 'i' target: 'matters/islands' }");
    Create("Post", "russia-president",
           "state: 'states/russia' titles { id: 'en' text: 'President' use: PUBLISHED }");
    Create("Statistic", "rounds",
           "title: 'Rounds' subject { id: 's' target: 'events/los-cabos' } "
           "count { value: 4 comparator: GT } " +
               both);
    Create("Statistic", "elsewhere",
           "title: 'Elsewhere' subject { id: 's' target: 'matters/islands' } "
           "states: 'states/japan'");
  }

  v1::Dossier Get(const std::string& more) {
    auto dossier = GetDossier(more);
    EXPECT_TRUE(dossier.ok()) << dossier.status();
    return dossier.ok() ? *std::move(dossier) : v1::Dossier();
  }

  // All pages of a section, one row each; `names` adds the names of the rows of a page.
  std::vector<std::string> AllRows(
      const std::string& section,
      const std::function<std::string(const v1::Dossier&, std::vector<std::string>&)>& names) {
    std::vector<std::string> all;
    std::string token;
    for (int page = 0; page == 0 || !token.empty(); ++page) {
      if (page > 50) ADD_FAILURE() << "no end";
      if (page > 50) break;
      token = names(
          Get(absl::StrCat("sections: ", section, " page_size: 1 page_token: '", token, "'")), all);
    }
    return all;
  }
};

TEST_F(SectionsTest, MattersComeWithThePositionsOnThem) {
  const v1::Dossier dossier = Get("sections: MATTERS");
  EXPECT_FALSE(dossier.has_timeline());
  EXPECT_THAT(dossier.unreachable(), IsEmpty());
  ASSERT_EQ(dossier.matters().entries_size(), 2);
  EXPECT_EQ(dossier.matters().total().value(), 2);
  EXPECT_EQ(dossier.matters().total().comparator(), types::v1::Count::EQ);
  const v1::MatterEntry& belligerency = dossier.matters().entries(0);
  EXPECT_EQ(belligerency.matter().title(), "State of belligerency") << "the USSR's, by succession";
  EXPECT_THAT(belligerency.state_names(), ElementsAre("USSR", "Japan"));
  EXPECT_EQ(belligerency.position_count().value(), 0);
  const v1::MatterEntry& islands = dossier.matters().entries(1);
  ASSERT_EQ(islands.positions_size(), 2);
  EXPECT_EQ(islands.positions(0).position().name(), "positions/claim");
  EXPECT_THAT(islands.positions(0).holder_names(), ElementsAre("Japan"));
  EXPECT_THAT(islands.positions(1).holder_names(), ElementsAre("A brief"));
  EXPECT_EQ(islands.position_count().comparator(), types::v1::Count::EQ);
  EXPECT_EQ(Get("sections: MATTERS exclude_predecessors: true").matters().entries_size(), 1);
}

TEST_F(SectionsTest, HoldersAreThoseOfTheDayOfBothStates) {
  const v1::Dossier that_day = Get("sections: HOLDERS as_of { valid_at: '2012-06-18' }");
  ASSERT_EQ(that_day.holders().entries_size(), 2);
  EXPECT_EQ(that_day.holders().entries(0).post_title(), "President");
  EXPECT_EQ(that_day.holders().entries(0).certainty(), types::v1::CERTAINTY_UNKNOWN);
  EXPECT_EQ(that_day.holders().entries(1).person_name(), "Yoshihiko Noda");
  EXPECT_EQ(that_day.holders().entries(1).certainty(), types::v1::CERTAINTY_CERTAIN);
  const v1::Dossier before = Get("sections: HOLDERS as_of { valid_at: '2012-01-01' }");
  ASSERT_EQ(before.holders().entries_size(), 2);
  EXPECT_EQ(before.holders().entries(1).certainty(), types::v1::CERTAINTY_UNKNOWN);
}

TEST_F(SectionsTest, PostsOfAPredecessorAreShownAsLongAsItWasThere) {
  Create("State", "empire",
         "names { id: 'en' text: 'Empire' use: PUBLISHED } end { edtf: '1917' } "
         "successions { id: 'su' successor: 'states/ussr' }");
  Create("Post", "chancellor",
         "state: 'states/empire' titles { id: 'en' text: 'Chancellor' use: PUBLISHED }");
  EXPECT_EQ(Get("sections: HOLDERS as_of { valid_at: '2012-06-18' }").holders().entries_size(), 2);
  const v1::Dossier then = Get("sections: HOLDERS as_of { valid_at: '1900-01-01' }");
  ASSERT_EQ(then.holders().entries_size(), 3);
  EXPECT_EQ(then.holders().entries(1).post_title(), "Chancellor") << "on the side of Russia";
}

TEST_F(SectionsTest, ContactsCountWhoMetWhom) {
  Create("Event", "call",
         "kind: PHONE_CALL time { edtf: '2012-03' } "
         "participants { id: 'pm' post: 'posts/japan-pm' represents: 'states/japan' } "
         "participants { id: 'putin' person: 'people/putin' represents: 'states/russia' }");
  Create("Event", "again",
         "kind: MEETING time { edtf: '2012-09-08' } "
         "participants { id: 'noda' person: 'people/noda' represents: 'states/japan' } "
         "participants { id: 'putin' person: 'people/putin' represents: 'states/russia' }");
  Create("Event", "not-met",
         "kind: MEETING time { edtf: '2013' } "
         "participants { id: 'noda' person: 'people/noda' represents: 'states/japan' "
         "  attendance: INTENDED } "
         "participants { id: 'putin' person: 'people/putin' represents: 'states/russia' }");
  const v1::Dossier dossier = Get("sections: CONTACTS");
  ASSERT_EQ(dossier.contacts().entries_size(), 2);
  const v1::Contact& two = dossier.contacts().entries(0);
  EXPECT_EQ(two.party(), "people/putin");
  EXPECT_EQ(two.party_name(), "Vladimir Putin");
  EXPECT_EQ(two.other_party_name(), "Yoshihiko Noda");
  EXPECT_EQ(two.count().value(), 2);
  EXPECT_EQ(two.count().comparator(), types::v1::Count::EQ);
  EXPECT_EQ(two.first_event(), "events/los-cabos");
  EXPECT_EQ(two.last_event(), "events/again");
  EXPECT_EQ(two.last_time().edtf(), "2012-09-08");
  const v1::Contact& unnamed = dossier.contacts().entries(1);
  EXPECT_EQ(unnamed.other_party(), "posts/japan-pm");
  EXPECT_EQ(unnamed.other_state(), "states/japan");
  EXPECT_EQ(unnamed.other_party_name(), "Prime Minister");
}

TEST_F(SectionsTest, StatisticsAreThoseOfThePair) {
  const v1::Dossier dossier = Get("sections: STATISTICS");
  ASSERT_EQ(dossier.statistics().entries_size(), 1);
  const v1::StatisticEntry& rounds = dossier.statistics().entries(0);
  EXPECT_EQ(rounds.statistic().count().comparator(), types::v1::Count::GT);
  EXPECT_EQ(rounds.subject_name(), "Meeting at Los Cabos");
}

TEST_F(SectionsTest, EachSectionGoesOnPageByPage) {
  for (int i = 0; i < 5; ++i) {
    const std::string both = "states: 'states/russia' states: 'states/japan' ";
    Create("Matter", absl::StrCat("m", i), both);
    Create("Statistic", absl::StrCat("s", i), "subject { id: 's' target: 'matters/m0' } " + both);
    Create("Post", absl::StrCat("post", i),
           i % 2 == 0 ? "state: 'states/japan'" : "state: 'states/russia'");
    Create("Agreement", absl::StrCat("a", i),
           absl::StrCat("kind: TREATY parties { id: 'a' party: 'states/",
                        i % 2 == 0 ? "russia" : "ussr", "' } ",
                        "parties { id: 'b' party: 'states/japan' }"));
    Create("Person", absl::StrCat("p", i), "");
    Create("Event", absl::StrCat("e", i),
           absl::StrCat("kind: MEETING time { edtf: '201", i, "' } ",
                        "participants { id: 'a' person: 'people/p", i,
                        "' represents: 'states/japan' } participants { id: 'putin' person: "
                        "'people/putin' represents: 'states/russia' }"));
  }
  struct Case {
    const char* section;
    std::function<std::string(const v1::Dossier&, std::vector<std::string>&)> rows;
  };
  const auto add = [](const auto& section, auto& names, const auto& name_of) {
    for (const auto& entry : section.entries()) names.push_back(name_of(entry));
    const bool last = section.next_page_token().empty();
    EXPECT_EQ(section.total().comparator(), last ? types::v1::Count::EQ : types::v1::Count::GE);
    return section.next_page_token();
  };
  const Case cases[] = {
      {"AGREEMENTS",
       [&](const auto& d, auto& names) {
         return add(d.agreements(), names, [](const auto& e) { return e.agreement().name(); });
       }},
      {"TIMELINE",
       [&](const auto& d, auto& names) {
         return add(d.timeline(), names, [](const auto& e) { return e.event().name(); });
       }},
      {"MATTERS",
       [&](const auto& d, auto& names) {
         return add(d.matters(), names, [](const auto& e) { return e.matter().name(); });
       }},
      {"HOLDERS",
       [&](const auto& d, auto& names) {
         return add(d.holders(), names, [](const auto& e) { return e.post().name(); });
       }},
      {"CONTACTS",
       [&](const auto& d, auto& names) {
         return add(d.contacts(), names, [](const auto& e) { return e.party() + e.other_party(); });
       }},
      {"STATISTICS",
       [&](const auto& d, auto& names) {
         return add(d.statistics(), names, [](const auto& e) { return e.statistic().name(); });
       }},
  };
  for (const Case& one : cases) {
    std::vector<std::string> whole;
    EXPECT_EQ(one.rows(Get(absl::StrCat("sections: ", one.section)), whole), "") << one.section;
    EXPECT_GT(whole.size(), 5u) << one.section;
    EXPECT_THAT(AllRows(one.section, one.rows), UnorderedElementsAreArray(whole)) << one.section;
  }
}

TEST_F(SectionsTest, APageTokenIsForItsSectionAlone) {
  Create("Matter", "another", "states: 'states/russia' states: 'states/japan'");
  const std::string token = Get("sections: MATTERS page_size: 1").matters().next_page_token();
  ASSERT_NE(token, "");
  const auto reason = [&](const std::string& more) {
    const auto reply = GetDossier(absl::StrCat(more, " page_token: '", token, "'"));
    return reply.ok() ? "" : errors::InfoOf(reply.status()).reason();
  };
  EXPECT_EQ(reason("sections: MATTERS"), "");
  EXPECT_EQ(reason("sections: STATISTICS"), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason("sections: MATTERS exclude_predecessors: true"), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason("sections: MATTERS sections: HOLDERS"), "FIELD_INVALID");
  EXPECT_EQ(reason(""), "FIELD_INVALID");
}

TEST_F(SectionsTest, WhatIsMissingIsNamed) {
  Stop("events");
  v1::Dossier dossier = Get("sections: CONTACTS sections: MATTERS");
  ASSERT_EQ(dossier.unreachable_size(), 1);
  EXPECT_THAT(dossier.unreachable(0).sections(), ElementsAre("contacts"));
  EXPECT_EQ(dossier.matters().entries_size(), 2);
  EXPECT_EQ(dossier.contacts().entries_size(), 0);
  Stop("people");
  dossier = Get("sections: HOLDERS sections: MATTERS");
  ASSERT_EQ(dossier.unreachable_size(), 1);
  EXPECT_THAT(dossier.unreachable(0).sections(), ElementsAre("holders", "matters", "states"));
  EXPECT_EQ(dossier.holders().entries_size(), 0);
  EXPECT_EQ(dossier.matters().entries_size(), 1) << "nothing says that Russia was the USSR";
  EXPECT_THAT(dossier.matters().entries(0).state_names(), ElementsAre("russia", "japan"));
}

}  // namespace
}  // namespace chancery::gateway::rpc
