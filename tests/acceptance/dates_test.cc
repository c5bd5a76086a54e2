// Dates that never lie, on the record of the founding brief: a visit that is known to the month
// only.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using ::testing::Contains;
using testing::IsOk;
using ::testing::Not;
using Names = std::vector<std::string>;

constexpr char kVisit[] = "events/2009-05-putin-japan";

class Dates : public ::testing::Test {
 protected:
  void SetUp() override {
    auto served = allinone::Register::Start({});
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    ASSERT_THAT(testing::ImportBrief(register_->address()), IsOk());
    caller_ = std::make_unique<testing::Caller>(register_->address());
  }

  Names Listed(const std::string& filter) {
    events::v1::ListEventsRequest request;
    request.set_filter(filter);
    const auto page = caller_->Call<events::v1::ListEventsResponse>(
        "chancery.events.v1.EventsService/ListEvents", request);
    EXPECT_TRUE(page.ok()) << page.status();
    Names names;
    if (!page.ok()) return names;
    for (const auto& event : page->events()) names.push_back(event.name());
    return names;
  }

  // What the timeline of a window says of the visit; "absent" if it is not there.
  std::string OnTimeline(const std::string& window) {
    gateway::v1::ListTimelineRequest request;
    request.set_state("states/russia");
    request.set_other_state("states/japan");
    request.set_overlaps(window);
    const auto page = caller_->Call<gateway::v1::ListTimelineResponse>(
        "chancery.gateway.v1.GatewayService/ListTimeline", request);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return "";
    for (const auto& entry : page->entries()) {
      if (entry.event().name() == kVisit) return types::v1::Certainty_Name(entry.certainty());
    }
    return "absent";
  }

  std::unique_ptr<allinone::Register> register_;
  std::unique_ptr<testing::Caller> caller_;
};

TEST_F(Dates, AVisitKnownToTheMonthIsCertainInItAndPossibleInAPartOfIt) {
  const std::string may = "overlaps(time, \"2009-05-01/2009-05-31\")";
  const std::string part = "overlaps(time, \"2009-05-10/2009-05-20\")";
  const std::string june = "overlaps(time, \"2009-06-01/2009-06-30\")";
  EXPECT_THAT(Listed(may + " = CERTAIN"), Contains(kVisit));
  EXPECT_THAT(Listed(may + " = POSSIBLE"), Not(Contains(kVisit)));
  EXPECT_THAT(Listed(part + " = POSSIBLE"), Contains(kVisit));
  EXPECT_THAT(Listed(part + " = CERTAIN"), Not(Contains(kVisit)));
  EXPECT_THAT(Listed(june), Not(Contains(kVisit)));

  EXPECT_EQ(OnTimeline("2009-05-01/2009-05-31"), "CERTAINTY_CERTAIN");
  EXPECT_EQ(OnTimeline("2009-05-10/2009-05-20"), "CERTAINTY_POSSIBLE");
  EXPECT_EQ(OnTimeline("2009-06-01/2009-06-30"), "absent");
}

}  // namespace
}  // namespace chancery
