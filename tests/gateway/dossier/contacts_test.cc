// Who met whom, counted in events.

#include "gateway/dossier/contacts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/organization.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "tests/gateway/dossier/parse_text.h"

namespace chancery::gateway::dossier {
namespace {

using events::v1::Event;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string Of(const std::string& who, const std::string& state, const std::string& more = "") {
  return absl::StrCat("participants { id: '", who, "' person: 'people/", who,
                      "' represents: 'states/", state, "' ", more, " } ");
}

Event At(const std::string& id, const std::string& edtf, const std::string& participants) {
  return ParseText<Event>(absl::StrCat("name: 'events/", id, "' ",
                                       edtf.empty() ? "" : "time { edtf: '" + edtf + "' } ",
                                       participants));
}

std::vector<std::string> Rows(const std::vector<v1::Contact>& contacts) {
  std::vector<std::string> rows;
  rows.reserve(contacts.size());
  for (const v1::Contact& one : contacts) {
    rows.push_back(absl::StrCat(one.party().substr(7), " ", one.other_party().substr(7), " ",
                                one.count().value(), " ", one.first_time().edtf(), " ",
                                one.last_time().edtf()));
  }
  return rows;
}

std::vector<v1::Contact> Count(std::vector<Event> events, bool complete = true) {
  return CountContacts({{"states/ru", "states/jp", std::move(events)}}, Directory(), complete);
}

TEST(Contacts, LatestFirstThenByName) {
  EXPECT_THAT(Rows(Count({At("c", "2012", Of("a", "ru") + Of("x", "jp")),
                          At("b", "2010-05", Of("a", "ru") + Of("x", "jp")),
                          At("a", "2011", Of("a", "ru") + Of("b", "ru") + Of("y", "jp")),
                          At("u", "", Of("a", "ru") + Of("z", "jp"))})),
              ElementsAre("a x 2 2010-05 2012", "a y 1 2011 2011", "b y 1 2011 2011", "a z 1  "));
}

TEST(Contacts, OnlyOfThoseWhoWereThereForTheTwoStates) {
  EXPECT_THAT(Rows(Count({At("a", "2012", Of("a", "ru") + Of("b", "ru")),
                          At("b", "2012", Of("a", "ru") + Of("x", "us")),
                          At("c", "2012", Of("a", "ru") + Of("x", "jp", "attendance: INTENDED")),
                          At("d", "2012", Of("a", "ru") + Of("x", "jp", "attendance: REGULAR")),
                          At("e", "2012",
                             Of("a", "ru") + "participants { id: 'g' group { label: 'leaders' } "
                                             "represents: 'states/jp' }"),
                          At("f", "2012",
                             Of("a", "ru") + "participants { id: 's' side { state: 'states/jp' } "
                                             "represents: 'states/jp' }")})),
              IsEmpty());
}

TEST(Contacts, AnEventCountsOnceHoweverOftenSomebodyIsNamedInIt) {
  EXPECT_THAT(Rows(Count({At("a", "2012",
                             Of("a", "ru") + Of("x", "jp") +
                                 "participants { id: 'again' person: 'people/x' "
                                 "represents: 'states/jp' }")})),
              ElementsAre("a x 1 2012 2012"));
}

TEST(Contacts, AreAtLeastSoManyWhereThereMayBeMore) {
  const Event met = At("a", "2012", Of("a", "ru") + Of("x", "jp"));
  EXPECT_EQ(Count({met}, true)[0].count().comparator(), types::v1::Count::EQ);
  EXPECT_EQ(Count({met}, false)[0].count().comparator(), types::v1::Count::GE);
}

TEST(Contacts, TheSideOfWhoRepresentsNobodyIsThatOfThePost) {
  const PairEvents pair{"states/ru",
                        "states/jp",
                        {At("a", "2012",
                            Of("a", "ru") + "participants { id: 'pm' post: 'posts/pm' } "
                                            "participants { id: 'x' person: 'people/x' "
                                            "capacities { id: 'c' post: 'posts/mp' } }")}};
  Directory directory;
  NameSet names;
  AddReferences(pair, directory, names);
  EXPECT_THAT(names, UnorderedElementsAre("posts/mp", "posts/pm"));
  EXPECT_THAT(CountContacts({pair}, directory, true), IsEmpty());
  directory.Add("posts/pm", NewFromText<people::v1::Post>("state: 'states/jp'"));
  directory.Add("posts/mp",
                NewFromText<people::v1::Post>("organization: 'organizations/parliament'"));
  names.clear();
  AddReferences(pair, directory, names);
  EXPECT_THAT(names, UnorderedElementsAre("organizations/parliament", "posts/mp"));
  directory.Add("organizations/parliament",
                NewFromText<people::v1::Organization>("state: 'states/jp'"));
  const auto contacts = CountContacts({pair}, directory, true);
  ASSERT_EQ(contacts.size(), 2u);
  EXPECT_EQ(contacts[0].other_party(), "people/x");
  EXPECT_EQ(contacts[1].other_party(), "posts/pm");
}

}  // namespace
}  // namespace chancery::gateway::dossier
