// Who held a post on a day: what is attested, what follows, and what must not be guessed.

#include "gateway/dossier/holders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/person.pb.h"
#include "tests/gateway/dossier/parse_text.h"

namespace chancery::gateway::dossier {
namespace {

using people::v1::Post;
using people::v1::Tenure;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kDay(2009, 5, 12);

// A tenure of `person`: "start 2007", "end 2009", "seen a1 2008-07-08".
Tenure MakeTenure(const std::string& person, const std::vector<std::string>& facts) {
  Tenure tenure;
  tenure.set_name("tenures/pm-" + person);
  tenure.set_post("posts/pm");
  tenure.set_person("people/" + person);
  for (const std::string& fact : facts) {
    const std::string date = fact.substr(fact.rfind(' ') + 1);
    if (fact.starts_with("start")) tenure.mutable_start()->set_edtf(date);
    if (fact.starts_with("end")) tenure.mutable_end()->set_edtf(date);
    if (!fact.starts_with("seen")) continue;
    auto* attestation = tenure.add_attestations();
    attestation->set_id(fact.substr(5, fact.rfind(' ') - 5));
    attestation->mutable_time()->set_edtf(date);
  }
  return tenure;
}

class HoldersTest : public ::testing::Test {
 protected:
  std::vector<std::string> Decide(const std::vector<Tenure>& tenures) {
    std::vector<std::string> rows;
    for (const Holding& holding : DecideHolders(post_, tenures, directory_, kDay)) {
      std::string row = holding.tenure == nullptr ? "nobody" : holding.tenure->person().substr(7);
      absl::StrAppend(&row, " ", types::v1::Certainty_Name(holding.certainty).substr(10));
      for (const std::string& id : holding.decided_by) absl::StrAppend(&row, " ", id);
      rows.push_back(row);
    }
    return rows;
  }

  Post post_ = ParseText<Post>("name: 'posts/pm'");
  Directory directory_;
};

TEST_F(HoldersTest, IsUnknownWhereNothingIsKnown) {
  EXPECT_THAT(Decide({}), ElementsAre("nobody UNKNOWN"));
  EXPECT_THAT(Decide({MakeTenure("aso", {})}), ElementsAre("nobody UNKNOWN"));
}

TEST_F(HoldersTest, IsCertainWhereAnAttestationCoversTheDay) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen visit 2009-05-12"})}),
              ElementsAre("aso CERTAIN visit"));
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen tour 2009-05-11/2009-05-13"})}),
              ElementsAre("aso CERTAIN tour"));
}

TEST_F(HoldersTest, IsCertainBetweenStatedStartAndEnd) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008-09-24", "end 2009-09-16"})}),
              ElementsAre("aso CERTAIN"));
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008", "end 2010"})}), ElementsAre("aso CERTAIN"));
}

TEST_F(HoldersTest, IsOnlyPossibleWhereABoundIsTooCoarse) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008", "end 2009"})}), ElementsAre("aso POSSIBLE"));
}

TEST_F(HoldersTest, IsPossibleWhereACoarseDateMayIncludeTheDay) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen may 2009-05"})}), ElementsAre("aso POSSIBLE may"));
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen doubted 2009-05-12?"})}),
              ElementsAre("aso POSSIBLE doubted"));
}

TEST_F(HoldersTest, IsImpliedBetweenTwoSightings) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen before 2009-02-18", "seen after 2009-07-08"})}),
              ElementsAre("aso IMPLIED before after"));
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008-09-24", "seen after 2009-07-08"})}),
              ElementsAre("aso IMPLIED after"));
}

TEST_F(HoldersTest, NeverGuessesFromOneSide) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"seen before 2009-05-11"})}),
              ElementsAre("nobody UNKNOWN"));
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008-09-24"})}), ElementsAre("nobody UNKNOWN"));
  EXPECT_THAT(Decide({MakeTenure("hatoyama", {"seen after 2009-09-23"})}),
              ElementsAre("nobody UNKNOWN"));
}

TEST_F(HoldersTest, IsNotImpliedWhereSomebodyElseWasSeenBetween) {
  const Tenure back_again = MakeTenure("putin", {"seen a 2007-06-01", "seen b 2012-06-18"});
  EXPECT_THAT(Decide({back_again, MakeTenure("medvedev", {"seen c 2009-04-01"})}),
              ElementsAre("nobody UNKNOWN"));
  EXPECT_THAT(Decide({back_again, MakeTenure("medvedev", {"seen c 2009"})}),
              ElementsAre("medvedev POSSIBLE c"))
      << "a sighting that may lie between speaks against it too";
}

TEST_F(HoldersTest, AllowsOthersWhereAPostHasSeveralHolders) {
  post_.set_multiple_holders(true);
  EXPECT_THAT(Decide({MakeTenure("a", {"seen a1 2009-01-01", "seen a2 2010-01-01"}),
                      MakeTenure("b", {"seen b1 2009-05-12"})}),
              ElementsAre("b CERTAIN b1", "a IMPLIED a1 a2"));
}

TEST_F(HoldersTest, AHandoverOnTheEdgeOfASightingDoesNotDisturb) {
  EXPECT_THAT(Decide({MakeTenure("aso", {"start 2008-09-24", "seen x 2009-07-08"}),
                      MakeTenure("fukuda", {"end 2008-09-24"})}),
              ElementsAre("aso IMPLIED x"));
}

TEST_F(HoldersTest, AnEndBeforeTheDayExcludes) {
  EXPECT_THAT(Decide({MakeTenure("fukuda", {"seen may 2009-05", "end 2008-09-24"})}),
              ElementsAre("nobody UNKNOWN"));
  EXPECT_THAT(Decide({MakeTenure("hatoyama", {"seen may 2009-05", "start 2009-09-16"})}),
              ElementsAre("nobody UNKNOWN"));
}

TEST_F(HoldersTest, HavingEndedByTheDayExcludes) {
  Tenure tenure = MakeTenure("fukuda", {"seen a 2008-10-01", "seen b 2010"});
  tenure.mutable_ended_by()->set_edtf("2009-05-13");
  EXPECT_THAT(Decide({tenure}), ElementsAre("fukuda IMPLIED a b"));
  for (const char* ended : {"2009-05-12", "2009-04", "[..2009-05-12]"}) {
    tenure.mutable_ended_by()->set_edtf(ended);
    EXPECT_THAT(Decide({tenure}), ElementsAre("nobody UNKNOWN")) << ended;
  }
  tenure.mutable_ended_by()->set_edtf("[2009-01-01..]");
  EXPECT_THAT(Decide({tenure}), ElementsAre("fukuda IMPLIED a b"))
      << "when it had ended by is not known";
}

TEST_F(HoldersTest, AStepIntoThePostAfterTheDayExcludes) {
  Tenure tenure = MakeTenure("hatoyama", {"seen may 2009-05"});
  people::v1::Milestone& step = *tenure.add_milestones();
  step.set_id("step");
  step.mutable_time()->set_edtf("2009-05-13");
  for (const auto kind : {people::v1::Milestone::ELECTED, people::v1::Milestone::APPOINTED,
                          people::v1::Milestone::ENTERED_DUTY}) {
    step.set_kind(kind);
    EXPECT_THAT(Decide({tenure}), ElementsAre("nobody UNKNOWN")) << kind;
  }
  step.set_kind(people::v1::Milestone::ARRIVED);
  EXPECT_THAT(Decide({tenure}), ElementsAre("hatoyama POSSIBLE may")) << "after it had begun";
  step.set_kind(people::v1::Milestone::ELECTED);
  step.mutable_time()->set_edtf("[..2009-05-13]");
  EXPECT_THAT(Decide({tenure}), ElementsAre("hatoyama POSSIBLE may")) << "or before the day";
}

TEST_F(HoldersTest, TakingUpTheDutiesIsASighting) {
  Tenure tenure = MakeTenure("aso", {"seen later 2010"});
  people::v1::Milestone& step = *tenure.add_milestones();
  step.set_id("entered");
  step.set_kind(people::v1::Milestone::ENTERED_DUTY);
  step.mutable_time()->set_edtf("2008-09-24");
  EXPECT_THAT(Decide({tenure}), ElementsAre("aso IMPLIED entered later"));
  step.set_kind(people::v1::Milestone::NOMINATED);
  EXPECT_THAT(Decide({tenure}), ElementsAre("nobody UNKNOWN")) << "not in the post yet";
}

TEST_F(HoldersTest, DeathAndTheEndOfThePostCloseOpenTenures) {
  const Tenure tenure = MakeTenure("aso", {"seen a 2008", "seen b 2009"});
  directory_.Add("people/aso", NewFromText<people::v1::Person>("death { edtf: '2009-03-01' }"));
  EXPECT_THAT(Decide({tenure}), ElementsAre("nobody UNKNOWN"));
  post_.mutable_end()->set_edtf("1992");
  EXPECT_THAT(Decide({MakeTenure("gorbachev", {"seen b 2009"})}), ElementsAre("nobody UNKNOWN"));
}

TEST_F(HoldersTest, NamesPostAndHolder) {
  post_ = ParseText<Post>("name: 'posts/pm' titles { text: 'Prime Minister' use: PUBLISHED }");
  directory_.Add("people/aso",
                 NewFromText<people::v1::Person>("names { text: 'Taro Aso' use: PUBLISHED }"));
  const auto rows =
      MakeHolders({post_, {MakeTenure("aso", {"seen visit 2009-05-12"})}}, directory_, kDay);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].post_title(), "Prime Minister");
  EXPECT_EQ(rows[0].person_name(), "Taro Aso");
  EXPECT_THAT(rows[0].decided_by(), ElementsAre("visit"));
  const auto unknown = MakeHolders({post_, {}}, directory_, kDay);
  EXPECT_FALSE(unknown[0].has_tenure());
  EXPECT_THAT(unknown[0].person_name(), IsEmpty());
}

}  // namespace
}  // namespace chancery::gateway::dossier
