// What is missing is named; what is left comes in time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using PartialTest = RegisterTest;

TEST_F(PartialTest, WithoutPeopleTheTimelineHasIdsForNames) {
  FillIn();
  Stop("people");
  const auto dossier = GetDossier();
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  ASSERT_EQ(dossier->unreachable_size(), 1);
  EXPECT_EQ(dossier->unreachable(0).service(), "people");
  EXPECT_EQ(dossier->unreachable(0).reason(), "SERVICE_UNREACHABLE");
  EXPECT_THAT(dossier->unreachable(0).sections(),
              ElementsAre("contacts", "holders", "states", "timeline"));
  ASSERT_EQ(dossier->states_size(), 2);
  EXPECT_EQ(dossier->states(0).display_name(), "russia");
  EXPECT_EQ(dossier->states(0).state().name(), "states/russia");
  ASSERT_EQ(dossier->timeline().entries_size(), 1) << "nothing says that Russia was the USSR";
  const auto& meeting = dossier->timeline().entries(0);
  EXPECT_EQ(meeting.host_event_title(), "G20 summit");
  EXPECT_EQ(meeting.participants(0).display_name(), "noda");
  EXPECT_THAT(meeting.participants(0).titles(), ElementsAre("japan-pm"));
  EXPECT_EQ(meeting.participants(0).state_name(), "japan");
  StartAgain("people");
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (!GetDossier()->unreachable().empty()) ASSERT_LT(absl::Now(), end);
  EXPECT_EQ(GetDossier()->timeline().entries_size(), 2);
}

TEST_F(PartialTest, EachServiceIsMissedByItsOwnSections) {
  FillIn();
  Stop("agreements");
  auto dossier = GetDossier();
  ASSERT_EQ(dossier->unreachable_size(), 1);
  EXPECT_EQ(dossier->unreachable(0).service(), "agreements");
  EXPECT_THAT(dossier->unreachable(0).sections(),
              ElementsAre("agreements", "matters", "statistics"));
  EXPECT_EQ(dossier->timeline().entries_size(), 2);
  Stop("events");
  dossier = GetDossier();
  ASSERT_EQ(dossier->unreachable_size(), 2);
  EXPECT_EQ(dossier->unreachable(1).service(), "events");
  EXPECT_THAT(dossier->unreachable(1).sections(), ElementsAre("contacts", "timeline"));
  EXPECT_EQ(dossier->states_size(), 3);
}

TEST_F(PartialTest, AHangingServiceDoesNotHoldUpTheOthers) {
  FillIn();
  Hang("agreements");
  const absl::Time begun = absl::Now();
  const auto dossier = GetDossier("", absl::Seconds(4));
  ASSERT_TRUE(dossier.ok()) << dossier.status();
  EXPECT_LT(absl::Now() - begun, absl::Seconds(4));
  ASSERT_EQ(dossier->unreachable_size(), 1);
  EXPECT_EQ(dossier->unreachable(0).service(), "agreements");
  EXPECT_EQ(dossier->unreachable(0).reason(), "DEADLINE_EXPIRED");
  EXPECT_EQ(dossier->timeline().entries_size(), 2);
  EXPECT_EQ(dossier->timeline().entries(1).participants(0).display_name(), "Yoshihiko Noda");
}

TEST_F(PartialTest, ClocksALittleApartChangeNothing) {
  FillIn();
  Advance(absl::Hours(1));
  const auto whole = GetDossier();
  for (const int64_t off : {-400'000, 400'000}) {
    services_["events"].clock.Advance(off);
    const auto dossier = GetDossier();
    EXPECT_EQ(dossier->SerializeAsString(), whole->SerializeAsString()) << off;
    services_["events"].clock.Advance(-off);
  }
}

TEST_F(PartialTest, AClockAnHourOffIsNamedAndNotUsed) {
  FillIn();
  Advance(absl::Hours(2));
  const int64_t hour = 3'600'000'000;
  for (const int64_t off : {-hour, hour}) {
    services_["events"].clock.Advance(off);
    const auto dossier = GetDossier();
    ASSERT_TRUE(dossier.ok()) << dossier.status();
    ASSERT_EQ(dossier->unreachable_size(), 1) << off;
    EXPECT_EQ(dossier->unreachable(0).service(), "events");
    EXPECT_EQ(dossier->unreachable(0).reason(), "CLOCK_SKEW");
    EXPECT_THAT(dossier->timeline().entries(), IsEmpty());
    EXPECT_EQ(dossier->as_of().known_at().seconds(), clock_.NowMicros() / 1'000'000);
    services_["events"].clock.Advance(-off);
  }
  EXPECT_THAT(GetDossier()->unreachable(), IsEmpty());
}

TEST_F(PartialTest, TheRegistersStatusNamesWhoDidNotAnswer) {
  FillIn();
  const auto status = [this] {
    return *Call<v1::GetRegisterStatusRequest, v1::RegisterStatus>(
        "gateway.v1.GatewayService/GetRegisterStatus", "full: true");
  };
  const v1::RegisterStatus whole = status();
  EXPECT_EQ(whole.stores_size(), 3);
  EXPECT_EQ(whole.stores(0).service(), "agreements");
  EXPECT_EQ(whole.digest().size(), 64u);
  EXPECT_TRUE(whole.ephemeral());
  EXPECT_EQ(status().digest(), whole.digest());
  Stop("events");
  const v1::RegisterStatus partial = status();
  EXPECT_EQ(partial.stores_size(), 2);
  EXPECT_EQ(partial.digest(), "");
  ASSERT_EQ(partial.unreachable_size(), 1);
  EXPECT_EQ(partial.unreachable(0).service(), "events");
}

}  // namespace
}  // namespace chancery::gateway::rpc
