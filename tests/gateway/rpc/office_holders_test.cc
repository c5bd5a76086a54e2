// Who held a post, asked of a real register.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

class OfficeHoldersTest : public RegisterTest {
 protected:
  absl::StatusOr<v1::ListOfficeHoldersResponse> List(const std::string& request) {
    return Call<v1::ListOfficeHoldersRequest, v1::ListOfficeHoldersResponse>(
        "gateway.v1.GatewayService/ListOfficeHolders", request);
  }
};

TEST_F(OfficeHoldersTest, NamesTheHolderOfTheDay) {
  FillIn();
  const auto reply = List("parent: 'posts/japan-pm' as_of { valid_at: '2012-06-18' }");
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->holders_size(), 1);
  EXPECT_EQ(reply->holders(0).person_name(), "Yoshihiko Noda");
  EXPECT_EQ(reply->holders(0).certainty(), types::v1::CERTAINTY_CERTAIN);
  EXPECT_EQ(reply->holders(0).decided_by(0), "g20");
  EXPECT_EQ(reply->as_of().valid_at(), "2012-06-18");
}

TEST_F(OfficeHoldersTest, SaysUnknownForTodayInsteadOfGuessing) {
  FillIn();
  const auto reply = List("parent: 'posts/japan-pm'");
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->holders_size(), 1);
  EXPECT_FALSE(reply->holders(0).has_tenure());
  EXPECT_EQ(reply->holders(0).certainty(), types::v1::CERTAINTY_UNKNOWN);
  EXPECT_EQ(reply->as_of().valid_at(), "2026-01-01");
}

TEST_F(OfficeHoldersTest, PagesThroughThePostsOfAState) {
  FillIn();
  for (int i = 0; i < 5; ++i) {
    Create("Post", absl::StrCat("japan-", i), "state: 'states/japan'");
  }
  std::vector<std::string> posts;
  std::string token;
  do {
    const auto page =
        List(absl::StrCat("parent: 'states/japan' page_size: 2 page_token: '", token, "'"));
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& holder : page->holders()) posts.push_back(holder.post().name());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_THAT(posts, ::testing::ElementsAre("posts/japan-0", "posts/japan-1", "posts/japan-2",
                                            "posts/japan-3", "posts/japan-4", "posts/japan-pm"));
}

TEST_F(OfficeHoldersTest, PagesThroughTheTermsOfAPersonOnceEach) {
  FillIn();
  for (const char* id : {"second", "third"}) {
    Create("Tenure", id, "person: 'people/noda' post: 'posts/japan-pm'");
  }
  std::vector<std::string> tenures;
  std::string token;
  do {
    const auto page =
        List(absl::StrCat("parent: 'people/noda' page_size: 1 page_token: '", token, "'"));
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& holder : page->holders()) tenures.push_back(holder.tenure().name());
    token = page->next_page_token();
  } while (!token.empty());
  std::sort(tenures.begin(), tenures.end());
  EXPECT_EQ(tenures.size(), 3);
  EXPECT_EQ(std::unique(tenures.begin(), tenures.end()), tenures.end());
}

TEST_F(OfficeHoldersTest, RefusesParentsThatAreNotThere) {
  FillIn();
  for (const char* parent : {"posts/none", "states/none"}) {
    const auto reply = List(absl::StrCat("parent: '", parent, "'"));
    EXPECT_TRUE(errors::HasReason(reply.status(), types::v1::RESOURCE_NOT_FOUND)) << reply.status();
  }
  const auto reply = List("parent: 'series/talks'");
  EXPECT_TRUE(errors::HasReason(reply.status(), types::v1::RESOURCE_NAME_INVALID));
}

TEST_F(OfficeHoldersTest, NamesThePeopleServiceWhenItIsAway) {
  FillIn();
  Stop("people");
  const auto reply = List("parent: 'posts/japan-pm'");
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_EQ(reply->unreachable_size(), 1);
  EXPECT_EQ(reply->unreachable(0).service(), "people");
  EXPECT_EQ(reply->holders_size(), 0);
}

}  // namespace
}  // namespace chancery::gateway::rpc
