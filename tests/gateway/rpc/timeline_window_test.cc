// The timeline of a window of days: what is in it, and how certainly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TimelineWindowTest : public RegisterTest {
 protected:
  void SetUp() override {
    RegisterTest::SetUp();
    FillIn();
    AddEvent("visit", "time { edtf: '2009-05' }");
    AddEvent("stay", "time { edtf: '2009-05-10/2009-05-12' }");
    AddEvent("some-day", "time { edtf: '[2009-05-11..2009-06-02]' }");
    AddEvent("undated", "");
  }

  void AddEvent(const std::string& id, const std::string& more) {
    Create("Event", id,
           absl::StrCat("kind: MEETING title: '", id,
                        "' states: 'states/russia' states: 'states/japan' ", more));
  }

  absl::StatusOr<v1::ListTimelineResponse> Ask(const std::string& more) {
    return Call<v1::ListTimelineRequest, v1::ListTimelineResponse>(
        "gateway.v1.GatewayService/ListTimeline",
        "state: 'states/russia' other_state: 'states/japan' " + more);
  }

  // "visit possible", over pages of two.
  std::vector<std::string> Entries(const std::string& window) {
    std::vector<std::string> entries;
    std::string token;
    do {
      const auto page = Ask(absl::StrCat(window, " page_size: 2 page_token: '", token, "'"));
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_THAT(page->unreachable(), IsEmpty());
      for (const auto& entry : page->entries()) {
        std::string certainty;
        if (entry.certainty() == types::v1::CERTAINTY_CERTAIN) certainty = " certain";
        if (entry.certainty() == types::v1::CERTAINTY_POSSIBLE) certainty = " possible";
        entries.push_back(absl::StrCat(entry.event().name().substr(7), certainty));
      }
      token = page->next_page_token();
    } while (!token.empty());
    return entries;
  }
};

TEST_F(TimelineWindowTest, EachEntrySaysHowCertainlyItOverlaps) {
  EXPECT_THAT(Entries("overlaps: '2009-05-01/2009-05-31'"),
              ElementsAre("visit certain", "stay certain", "some-day possible"));
  EXPECT_THAT(Entries("overlaps: '2009-05-12/2009-05-20'"),
              ElementsAre("visit possible", "stay certain", "some-day possible"));
  EXPECT_THAT(Entries("overlaps: '2009-06'"), ElementsAre("some-day possible"));
  EXPECT_THAT(Entries("overlaps: '2009-07/..'"), ElementsAre("los-cabos certain"));
}

TEST_F(TimelineWindowTest, WithinAsksForAllDays) {
  EXPECT_THAT(Entries("within: '2009-05-12/2009-05-20'"),
              ElementsAre("visit possible", "some-day possible"));
  EXPECT_THAT(Entries("within: '2009-05-10/2009-06-02'"),
              ElementsAre("visit possible", "stay certain", "some-day certain"));
}

TEST_F(TimelineWindowTest, TheStatesThatWereSucceededAreInItToo) {
  EXPECT_THAT(Entries("overlaps: '../1999'"), ElementsAre("talks-1956 certain"));
  EXPECT_THAT(Entries("overlaps: '../1999' exclude_predecessors: true"), IsEmpty());
}

TEST_F(TimelineWindowTest, WithoutAWindowNothingIsSaidOfIt) {
  EXPECT_THAT(Entries(""),
              ElementsAre("talks-1956", "visit", "stay", "some-day", "los-cabos", "undated"));
}

TEST_F(TimelineWindowTest, WhatIsNoWindowIsRefusedWithItsPlace) {
  const auto refused = [&](const std::string& window, const std::string& rule,
                           const std::string& field) {
    const auto status = Ask(window).status();
    EXPECT_TRUE(errors::HasReason(status, types::v1::DATE_INVALID)) << window << status;
    EXPECT_EQ(errors::InfoOf(status).metadata().at("rule"), rule);
    EXPECT_EQ(errors::InfoOf(status).metadata().at("field"), field);
  };
  refused("overlaps: '2009-02-30'", "calendar", "overlaps");
  refused("overlaps: ''", "syntax", "overlaps");
  refused("within: '2009~'", "window", "within");
  refused("within: '2009\") OR kind:*'", "syntax", "within");
}

}  // namespace
}  // namespace chancery::gateway::rpc
