// What is wrong in a request is said before any service is asked.

#include "gateway/rpc/requests.h"

#include <gtest/gtest.h>

#include "gateway/rpc/budget.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

void ExpectReason(const absl::Status& status, types::v1::ErrorReason reason,
                  const std::string& field = "") {
  EXPECT_TRUE(errors::HasReason(status, reason)) << status;
  if (field.empty()) return;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("field"), field);
}

TEST(RequestsTest, WantTwoStates) {
  EXPECT_TRUE(CheckStates("states/russia", "states/japan").ok());
  ExpectReason(CheckStates("", "states/japan"), types::v1::REQUIRED_FIELD_MISSING, "state");
  ExpectReason(CheckStates("states/russia", ""), types::v1::REQUIRED_FIELD_MISSING, "other_state");
  ExpectReason(CheckStates("states/russia", "states/russia"), types::v1::FIELD_INVALID);
  for (const char* bad : {"Russia", "states/", "states/Russia", "states/-a", "states/a-",
                          "states/a/b", "people/a", "states/a\" OR x"}) {
    ExpectReason(CheckStates(bad, "states/japan"), types::v1::RESOURCE_NAME_INVALID, "state");
  }
  EXPECT_FALSE(CheckStates("states/" + std::string(64, 'a'), "states/japan").ok());
  EXPECT_TRUE(CheckStates("states/" + std::string(63, 'a'), "states/japan").ok());
}

absl::Status CheckHoldersOf(const std::string& parent, const std::string& day = "") {
  v1::ListOfficeHoldersRequest request;
  request.set_parent(parent);
  request.mutable_as_of()->set_valid_at(day);
  return CheckHolders(request);
}

TEST(RequestsTest, HoldersAreThoseOfAPostAStateAPersonOrAnEvent) {
  for (const char* parent : {"posts/pm", "states/japan", "people/noda", "events/call"}) {
    EXPECT_TRUE(CheckHoldersOf(parent).ok()) << parent;
  }
  ExpectReason(CheckHoldersOf("series/talks"), types::v1::RESOURCE_NAME_INVALID, "parent");
  ExpectReason(CheckHoldersOf(""), types::v1::REQUIRED_FIELD_MISSING, "parent");
  ExpectReason(CheckHoldersOf("events/call", "2012-06-18"), types::v1::FIELD_INVALID,
               "as_of.valid_at");
}

TEST(RequestsTest, SectionsAreKnown) {
  v1::GetDossierRequest request;
  EXPECT_TRUE(Wants(request, v1::GetDossierRequest::AGREEMENTS));
  request.add_sections(v1::GetDossierRequest::TIMELINE);
  EXPECT_TRUE(CheckSections(request).ok());
  EXPECT_FALSE(Wants(request, v1::GetDossierRequest::AGREEMENTS));
  request.add_sections(static_cast<v1::GetDossierRequest::Section>(99));
  ExpectReason(CheckSections(request), types::v1::ENUM_VALUE_UNKNOWN, "sections.1");
}

TEST(RequestsTest, PageSizesAreBounded) {
  EXPECT_EQ(*PageSize(0), 50u);
  EXPECT_EQ(*PageSize(7), 7u);
  EXPECT_EQ(*PageSize(501), 500u);
  ExpectReason(PageSize(-1).status(), types::v1::PAGE_SIZE_INVALID);
}

TEST(BudgetTest, EndsBeforeTheCallersDeadline) {
  const absl::Time now = absl::FromUnixSeconds(1000);
  const Budget budget(now + absl::Seconds(1), now, {});
  EXPECT_EQ(budget.end(), now + absl::Milliseconds(900));
  EXPECT_EQ(budget.ForCalls(now), now + absl::Milliseconds(450));
  EXPECT_EQ(budget.ForCalls(now + absl::Milliseconds(450)), now + absl::Milliseconds(675));
}

TEST(BudgetTest, IsImposedOnCallersWithoutADeadline) {
  const absl::Time now = absl::FromUnixSeconds(1000);
  const Budget budget(absl::InfiniteFuture(), now, {});
  EXPECT_EQ(budget.end(), now + absl::Seconds(9));
  EXPECT_EQ(budget.ForCalls(now), now + absl::Seconds(2));
}

}  // namespace
}  // namespace chancery::gateway::rpc
