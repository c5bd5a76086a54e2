// The status of each agreement of a dossier on its day.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::AgreementStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AgreementStatusesTest : public RegisterTest {
 protected:
  void SetUp() override {
    RegisterTest::SetUp();
    FillIn();
  }

  v1::Dossier Get(const std::string& more) {
    auto dossier = GetDossier(absl::StrCat("sections: AGREEMENTS ", more));
    EXPECT_TRUE(dossier.ok()) << dossier.status();
    return dossier.ok() ? *std::move(dossier) : v1::Dossier();
  }
};

TEST_F(AgreementStatusesTest, AreThoseOfTheDay) {
  Create("Agreement", "fishery",
         "kind: TREATY parties { id: 'ru' party: 'states/russia' } "
         "parties { id: 'jp' party: 'states/japan' } "
         "acts { id: 'f' action: ENTRY_INTO_FORCE time { edtf: '1998-05-21' } }");
  const v1::Dossier before = Get("as_of { valid_at: '1956-10-18' }");
  ASSERT_EQ(before.agreements().entries_size(), 2);
  const v1::AgreementEntry& declaration = before.agreements().entries(0);
  EXPECT_EQ(declaration.status().agreement(), declaration.agreement().name());
  EXPECT_EQ(declaration.status().valid_at(), "1956-10-18");
  EXPECT_EQ(declaration.status().status(), AgreementStatus::NOT_CONCLUDED);
  EXPECT_THAT(declaration.status().decided_by(), ElementsAre("acts.s"));
  const v1::Dossier later = Get("as_of { valid_at: '1998-05-21' }");
  EXPECT_EQ(later.agreements().entries(1).status().status(), AgreementStatus::IN_FORCE);
  const v1::Dossier without = Get("");
  EXPECT_EQ(without.agreements().entries(1).status().valid_at(), without.as_of().valid_at());
}

// More than one call takes, and more bytes than one is asked for.
TEST_F(AgreementStatusesTest, ComeForEveryAgreementOfAPage) {
  std::string long_history;
  for (int i = 0; i < 15; ++i) {
    absl::StrAppend(&long_history, "acts { id: 'r", i, "' action: REGISTRATION as_stated: '",
                    std::string(4000, 'w'), "' } ");
  }
  for (int i = 0; i < 130; ++i) {
    Create("Agreement", absl::StrCat("treaty-", i),
           absl::StrCat("kind: TREATY parties { id: 'ru' party: 'states/russia' } "
                        "parties { id: 'jp' party: 'states/japan' } "
                        "acts { id: 'f' action: ENTRY_INTO_FORCE time { edtf: '1998-05-21' } } ",
                        i % 5 == 0 ? long_history : ""));
  }
  const v1::Dossier dossier = Get("page_size: 200 as_of { valid_at: '2000-01-01' }");
  EXPECT_THAT(dossier.unreachable(), IsEmpty());
  int in_force = 0;
  for (const auto& entry : dossier.agreements().entries()) {
    EXPECT_EQ(entry.status().agreement(), entry.agreement().name());
    in_force += static_cast<int>(entry.status().status() == AgreementStatus::IN_FORCE);
  }
  EXPECT_GT(in_force, 100);
  EXPECT_EQ(in_force + 1, dossier.agreements().entries_size());
}

TEST_F(AgreementStatusesTest, AreMissingWithTheAgreements) {
  Stop("agreements");
  const v1::Dossier dossier = Get("");
  ASSERT_EQ(dossier.unreachable_size(), 1);
  EXPECT_THAT(dossier.unreachable(0).sections(), ElementsAre("agreements"));
  EXPECT_THAT(dossier.agreements().entries(), IsEmpty());
}

}  // namespace
}  // namespace chancery::gateway::rpc
