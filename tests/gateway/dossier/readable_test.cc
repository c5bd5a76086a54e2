// Records become readable lines: the right name, the title of the day, ids where names are missing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chancery/agreements/v1/matter.pb.h"
#include "chancery/events/v1/series.pb.h"
#include "chancery/people/v1/organization.pb.h"
#include "chancery/people/v1/person.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/people/v1/state.pb.h"
#include "gateway/dossier/agreement_list.h"
#include "gateway/dossier/display_name.h"
#include "gateway/dossier/timeline.h"
#include "tests/gateway/dossier/parse_text.h"

namespace chancery::gateway::dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr absl::CivilDay kToday(2026, 1, 1);

std::string Shown(const std::string& names, absl::CivilDay day) {
  return DisplayName(ParseText<people::v1::State>(names).names(), day);
}

TEST(DisplayNameTest, IsTheFirstPublishedOneOfTheDay) {
  const std::string names =
      "names { text: 'RF' use: SHORT_FORM } "
      "names { text: 'Saint Petersburg' use: PUBLISHED valid { edtf: '1991-09-06/..' } } "
      "names { text: 'Leningrad' use: PUBLISHED valid { edtf: '1924/1991-09-06' } }";
  EXPECT_EQ(Shown(names, absl::CivilDay(2009, 1, 1)), "Saint Petersburg");
  EXPECT_EQ(Shown(names, absl::CivilDay(1956, 1, 1)), "Leningrad");
  EXPECT_EQ(Shown(names, absl::CivilDay(1800, 1, 1)), "Saint Petersburg");
}

TEST(DisplayNameTest, IsAnyNameBeforeNone) {
  EXPECT_EQ(Shown("names { text: 'RF' use: SHORT_FORM }", kToday), "RF");
  EXPECT_EQ(Shown("", kToday), "");
  EXPECT_EQ(IdOf("posts/prime-minister"), "prime-minister");
}

class TimelineTest : public ::testing::Test {
 protected:
  TimelineTest() {
    directory_.Add("states/japan",
                   NewFromText<people::v1::State>("names { text: 'Japan' use: PUBLISHED }"));
    directory_.Add("people/noda",
                   NewFromText<people::v1::Person>("names { text: 'Y. Noda' use: PUBLISHED }"));
    directory_.Add("posts/pm",
                   NewFromText<people::v1::Post>(
                       "state: 'states/japan' "
                       "titles { text: 'Prime Minister' use: PUBLISHED valid { edtf: '1947/..' } } "
                       "titles { text: 'Prime Minister of the Empire' use: PUBLISHED }"));
    directory_.Add("events/g20", NewFromText<events::v1::Event>("title: 'G20 summit'"));
    directory_.Add("series/leaders", NewFromText<events::v1::Series>("title: 'Leaders'"));
  }

  v1::PassedEntry Make(const std::string& event) {
    auto read = ReadEvent(ParseText<events::v1::Event>(event).SerializeAsString());
    return MakeEntry(*std::move(read), directory_, kToday);
  }

  Directory directory_;
};

TEST_F(TimelineTest, NamesThePersonTheStateAndTheTitleOfTheDay) {
  const auto line =
      Make(
          "time { edtf: '1936-02-26' } participants { id: 'noda' person: 'people/noda' "
          "role: VISITOR capacities { id: 'pm' post: 'posts/pm' } }")
          .participants(0);
  EXPECT_EQ(line.display_name(), "Y. Noda");
  EXPECT_THAT(line.titles(), ElementsAre("Prime Minister of the Empire"));
  EXPECT_EQ(line.state(), "states/japan");
  EXPECT_EQ(line.state_name(), "Japan");
  EXPECT_EQ(line.role(), types::v1::Participant::VISITOR);
}

TEST_F(TimelineTest, PrefersThePrintedTitleAndTheStateRepresented) {
  const auto line = Make(
                        "participants { id: 'n' person: 'people/noda' represents: 'states/china' "
                        "capacities { id: 'pm' post: 'posts/pm' title_as_stated: 'PM' } }")
                        .participants(0);
  EXPECT_THAT(line.titles(), ElementsAre("PM"));
  EXPECT_EQ(line.state(), "states/china");
  EXPECT_EQ(line.state_name(), "china") << "an id in place of a name that is not at hand";
}

TEST_F(TimelineTest, KnowsParticipantsWithoutAName) {
  const auto entry = Make(
      "time { edtf: '2012' } participants { id: 'a' post: 'posts/pm' } "
      "participants { id: 'b' side { state: 'states/japan' } } "
      "participants { id: 'c' side { state: 'states/japan' as_stated: 'the Japanese leader' } } "
      "participants { id: 'd' group { label: 'business leaders' } } "
      "participants { id: 'e' organization: 'organizations/diet' }");
  EXPECT_EQ(entry.participants(0).display_name(), "Prime Minister");
  EXPECT_EQ(entry.participants(0).state(), "states/japan");
  EXPECT_EQ(entry.participants(1).display_name(), "Japan");
  EXPECT_EQ(entry.participants(2).display_name(), "the Japanese leader");
  EXPECT_EQ(entry.participants(3).display_name(), "business leaders");
  EXPECT_EQ(entry.participants(3).state(), "");
  EXPECT_EQ(entry.participants(4).display_name(), "diet");
}

TEST_F(TimelineTest, NamesWhatIsAround) {
  const auto entry = Make(
      "host_event: 'events/g20' parents: 'events/g20' parents: 'events/unknown' "
      "series { id: 's' series: 'series/leaders' }");
  EXPECT_EQ(entry.host_event_title(), "G20 summit");
  EXPECT_THAT(entry.parent_titles(), ElementsAre("G20 summit", "unknown"));
  EXPECT_THAT(entry.series_titles(), ElementsAre("Leaders"));
  EXPECT_THAT(Make("").host_event_title(), IsEmpty());
}

TEST_F(TimelineTest, PassesTheEventOnAsItCame) {
  // An event with a field that this version does not know.
  const std::string bytes =
      ParseText<events::v1::Event>("name: 'events/e' title: 'E'").SerializeAsString() +
      std::string("\xfa\x3f\x03new", 6);
  auto event = ReadEvent(bytes);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->key.name, "events/e");
  EXPECT_EQ(MakeEntry(*std::move(event), directory_, kToday).event(), bytes);
  EXPECT_EQ(ReadEvent("no event").status().code(), absl::StatusCode::kInternal);
}

TEST_F(TimelineTest, AsksForExactlyWhatItShows) {
  const auto event = ParseText<events::v1::Event>(
      "participants { id: 'n' person: 'people/noda' affiliation: 'organizations/mofa' "
      "capacities { id: 'pm' post: 'posts/pm' on_behalf_of: 'states/japan' } } "
      "participants { id: 's' side { state: 'states/russia' } } "
      "host_event: 'events/g20' series { id: 's' series: 'series/leaders' } "
      "agreements: 'agreements/x' matters: 'matters/y' "
      "citations { id: 'c' source: 'sources/brief' }");
  NameSet names;
  AddReferences(event, names);
  EXPECT_THAT(names,
              UnorderedElementsAre("events/g20", "organizations/mofa", "people/noda", "posts/pm",
                                   "series/leaders", "states/japan", "states/russia"));
  const auto by_post = ParseText<events::v1::Event>("participants { id: 'p' post: 'posts/pm' }");
  NameSet further;
  AddFurtherReferences(by_post, directory_, further);
  EXPECT_THAT(further, ElementsAre("states/japan"));
}

TEST(AgreementListTest, ShowsTitlePartiesMattersAndTheFirstAct) {
  Directory directory;
  directory.Add("states/japan",
                NewFromText<people::v1::State>("names { text: 'Japan' use: PUBLISHED }"));
  directory.Add("matters/peace", NewFromText<agreements::v1::Matter>("name: 'matters/peace'"));
  const auto agreement = ParseText<agreements::v1::Agreement>(
      "name: 'agreements/jd' subject: 'Ending the state of war' "
      "parties { id: 'j' party: 'states/japan' } parties { id: 's' party: 'states/ussr' } "
      "matters: 'matters/peace' matters: 'matters/gone' "
      "acts { id: 'r' time { edtf: '1956-12-12' } } acts { id: 'u' } "
      "acts { id: 's' time { edtf: '1956-10-19' } }");
  const auto entry = MakeEntry(agreement, directory, kToday);
  EXPECT_EQ(entry.display_title(), "Ending the state of war");
  EXPECT_THAT(entry.party_names(), ElementsAre("Japan", "ussr"));
  ASSERT_EQ(entry.matters_size(), 1);
  EXPECT_EQ(entry.first_act().edtf(), "1956-10-19");
  const auto undated = ParseText<agreements::v1::Agreement>("name: 'agreements/a'");
  EXPECT_TRUE(KeyOf(agreement) < KeyOf(undated));
}

}  // namespace
}  // namespace chancery::gateway::dossier
