// Dossiers and timelines of a small real register: whole, fixed to one moment, page by page.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "gateway/rpc/tokens.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using DossierTest = RegisterTest;

std::vector<std::string> TitlesOf(const v1::Timeline& timeline) {
  std::vector<std::string> titles;
  for (const auto& entry : timeline.entries()) titles.push_back(entry.event().title());
  return titles;
}

absl::StatusOr<v1::ListTimelineResponse> ListTimeline(
    std::function<absl::StatusOr<v1::ListTimelineResponse>(const std::string&)> call,
    const std::string& more) {
  return call("state: 'states/russia' other_state: 'states/japan' " + more);
}

std::string KnownAt(const types::v1::AsOf& as_of) {
  return absl::StrCat("as_of { known_at { seconds: ", as_of.known_at().seconds(),
                      " nanos: ", as_of.known_at().nanos(), " } }");
}

TEST_F(DossierTest, ShowsStatesEventsAndAgreementsWithTheirNames) {
  FillIn();
  const auto dossier = GetDossier();
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  EXPECT_THAT(dossier->unreachable(), IsEmpty());
  ASSERT_EQ(dossier->states_size(), 3);
  EXPECT_EQ(dossier->states(0).display_name(), "Russian Federation");
  EXPECT_EQ(dossier->states(1).display_name(), "Japan");
  EXPECT_EQ(dossier->states(2).display_name(), "USSR");
  EXPECT_EQ(dossier->states(2).succeeded_by(), "states/russia");
  EXPECT_THAT(TitlesOf(dossier->timeline()),
              ElementsAre("Talks in Moscow", "Meeting at Los Cabos"));
  EXPECT_EQ(dossier->timeline().total().value(), 2);
  EXPECT_EQ(dossier->timeline().total().comparator(), types::v1::Count::EQ);
  const auto& meeting = dossier->timeline().entries(1);
  EXPECT_EQ(meeting.host_event_title(), "G20 summit");
  EXPECT_EQ(meeting.participants(0).display_name(), "Yoshihiko Noda");
  EXPECT_THAT(meeting.participants(0).titles(), ElementsAre("Prime Minister"));
  EXPECT_EQ(meeting.participants(0).state_name(), "Japan");
  EXPECT_EQ(meeting.participants(1).state_name(), "Russian Federation");
  ASSERT_EQ(dossier->agreements().entries_size(), 1);
  const auto& agreement = dossier->agreements().entries(0);
  EXPECT_EQ(agreement.display_title(), "Joint Declaration");
  EXPECT_THAT(agreement.party_names(), ElementsAre("USSR", "Japan"));
  EXPECT_EQ(agreement.matters(0).title(), "Peace treaty");
  EXPECT_EQ(agreement.first_act().edtf(), "1956-10-19");
  const auto token = DecodeToken(dossier->token());
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->services_size(), 3);
}

TEST_F(DossierTest, LeavesOutWhatIsNotAskedFor) {
  FillIn();
  const auto alone = GetDossier("exclude_predecessors: true");
  EXPECT_EQ(alone->states_size(), 2);
  EXPECT_THAT(TitlesOf(alone->timeline()), ElementsAre("Meeting at Los Cabos"));
  EXPECT_EQ(alone->agreements().entries_size(), 0);
  const auto timeline = GetDossier("sections: TIMELINE");
  EXPECT_TRUE(timeline->has_timeline());
  EXPECT_FALSE(timeline->has_agreements());
}

TEST_F(DossierTest, IsTheSameBytesAtTheSameMoment) {
  FillIn();
  const auto first = GetDossier();
  Advance(absl::Hours(1));
  Create("Event", "later",
         "kind: PHONE_CALL title: 'Later' time { edtf: '2012-07' } "
         "states: 'states/russia' states: 'states/japan'");
  Create("State", "other", "successions { id: 'x' successor: 'states/japan' }");
  const auto again = GetDossier(KnownAt(first->as_of()));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(GetDossier()->timeline().entries_size(), 3);
}

TEST_F(DossierTest, SeesAWriteThroughTheGatewayWhateverTheClocksSay) {
  FillIn();
  services_["events"].clock.Advance(400'000);
  Create("Event", "now",
         "kind: PHONE_CALL title: 'Now' time { edtf: '2012-07' } "
         "states: 'states/russia' states: 'states/japan'");
  const auto dossier = GetDossier();
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  EXPECT_THAT(dossier->unreachable(), IsEmpty());
  EXPECT_EQ(dossier->timeline().entries_size(), 3);
}

TEST_F(DossierTest, RefusesWhatIsWrong) {
  FillIn();
  const auto reason = [&](const std::string& request) {
    const auto reply =
        Call<v1::GetDossierRequest, v1::Dossier>("gateway.v1.GatewayService/GetDossier", request);
    return reply.ok() ? "" : errors::InfoOf(reply.status()).reason();
  };
  EXPECT_EQ(reason("state: 'states/russia'"), "REQUIRED_FIELD_MISSING");
  EXPECT_EQ(reason("state: 'states/atlantis' other_state: 'states/japan'"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reason("state: 'Russia' other_state: 'states/japan'"), "RESOURCE_NAME_INVALID");
  const std::string both = "state: 'states/russia' other_state: 'states/japan' ";
  EXPECT_EQ(reason(both + "page_size: -1"), "PAGE_SIZE_INVALID");
  EXPECT_EQ(reason(both + "as_of { known_at { seconds: 4000000000 } }"), "KNOWN_AT_IN_FUTURE");
  EXPECT_EQ(reason(both + "as_of { valid_at: '2012' }"), "VALID_AT_INVALID");
  EXPECT_EQ(reason(both + "as_of { known_at { seconds: 0 } }"), "RESOURCE_NOT_FOUND")
      << "nothing was known then";
}

class TimelineTest : public RegisterTest {
 protected:
  absl::StatusOr<v1::ListTimelineResponse> List(const std::string& more) {
    return ListTimeline(
        [this](const std::string& request) {
          return Call<v1::ListTimelineRequest, v1::ListTimelineResponse>(
              "gateway.v1.GatewayService/ListTimeline", request);
        },
        more);
  }

  void FillInMany() {
    FillIn();
    for (int i = 10; i < 30; ++i) {
      const char* with = i % 3 == 0 ? "states/ussr" : "states/russia";
      const std::string both = i % 5 == 0 ? "states: 'states/ussr' states: 'states/russia' " : "";
      Create("Event", absl::StrCat("e", i),
             absl::StrCat("kind: TALKS title: 'E", i, "' time { edtf: '20", i,
                          "' } states: 'states/japan' ",
                          both.empty() ? absl::StrCat("states: '", with, "'") : both));
    }
  }
};

TEST_F(TimelineTest, PagesAddUpToTheWholeAtOneMoment) {
  FillInMany();
  const auto whole = List("page_size: 100");
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->entries_size(), 22);
  EXPECT_EQ(whole->next_page_token(), "");
  std::vector<std::string> names;
  std::string token;
  for (int page = 0; page == 0 || !token.empty(); ++page) {
    const auto part = List(absl::StrCat("page_size: ", 1 + page % 4, " page_token: '", token, "'"));
    ASSERT_TRUE(part.ok()) << part.status();
    for (const auto& entry : part->entries()) names.push_back(entry.event().name());
    token = part->next_page_token();
    Create("Event", absl::StrCat("meanwhile-", page),
           "kind: TALKS time { edtf: '2015' } states: 'states/japan' states: 'states/russia'");
    Advance(absl::Seconds(1));
    ASSERT_LT(page, 100);
  }
  ASSERT_EQ(names.size(), 22u);
  for (int i = 0; i < 22; ++i) EXPECT_EQ(names[i], whole->entries(i).event().name());
}

TEST_F(TimelineTest, GoesOnWhereADossierEnds) {
  FillInMany();
  const auto dossier = GetDossier("page_size: 4");
  EXPECT_EQ(dossier->timeline().total().comparator(), types::v1::Count::GE);
  const auto rest = List(
      absl::StrCat("page_size: 100 page_token: '", dossier->timeline().next_page_token(), "'"));
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(rest->entries_size(), 18);
  EXPECT_EQ(rest->as_of().SerializeAsString(), dossier->as_of().SerializeAsString());
}

TEST_F(TimelineTest, RefusesATokenOfAnotherRequest) {
  FillInMany();
  const std::string token = List("page_size: 4")->next_page_token();
  for (const std::string& more :
       {absl::StrCat("page_token: '", token, "x'"),
        absl::StrCat("page_token: '", token, "' exclude_predecessors: true")}) {
    const auto reply = List(more);
    ASSERT_FALSE(reply.ok());
    EXPECT_TRUE(errors::HasReason(reply.status(), types::v1::PAGE_TOKEN_INVALID)) << reply.status();
  }
}

}  // namespace
}  // namespace chancery::gateway::rpc
