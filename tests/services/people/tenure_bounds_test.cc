// Between which days a tenure can have begun and ended, by those before and after.

#include "services/people/tenure_bounds.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/resource/annotations.h"

namespace chancery::people {
namespace {

using ::testing::ElementsAre;

// A tenure of "posts/chair", seen in it on these dates.
v1::Tenure Seen(const std::string& person, const std::vector<std::string>& dates) {
  v1::Tenure tenure;
  tenure.set_name(absl::StrCat("tenures/", person));
  tenure.set_person(absl::StrCat("people/", person));
  tenure.set_post("posts/chair");
  for (const std::string& date : dates) {
    v1::Attestation& attestation = *tenure.add_attestations();
    attestation.set_id(absl::StrCat("a", tenure.attestations_size()));
    attestation.mutable_time()->set_edtf(date);
  }
  EXPECT_TRUE(resource::Prepare(tenure).ok());
  return tenure;
}

std::string Start(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures) {
  return BoundsOf(tenure, tenures).start().within().edtf();
}

std::string End(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures) {
  return BoundsOf(tenure, tenures).end().within().edtf();
}

TEST(TenureBounds, LieBetweenTheSightingsOfOneHolderAndTheNext) {
  const v1::Tenure first = Seen("gryzlov", {"[2009-10-12..2009-10-14]"});
  const v1::Tenure next = Seen("naryshkin", {"2012-06-10/2012-06-11", "[2012-09-08..]"});
  const std::vector<v1::Tenure> both = {first, next};
  EXPECT_EQ(Start(next, both), "[2009-10-12..2012-06-11]");
  EXPECT_EQ(End(first, both), "[2009-10-12..2012-06-11]");
  EXPECT_THAT(BoundsOf(next, both).start().derived_from(),
              ElementsAre("tenures/gryzlov", "tenures/naryshkin"));
  EXPECT_TRUE(BoundsOf(next, both).start().within().has_earliest());
}

TEST(TenureBounds, AreOpenWhereNobodyWasSeen) {
  const v1::Tenure alone = Seen("lavrov", {"2008-11-05/2008-11-08", "2012-07-28"});
  EXPECT_EQ(Start(alone, {alone}), "[..2008-11-08]");
  EXPECT_FALSE(BoundsOf(alone, {alone}).has_end());
  EXPECT_FALSE(BoundsOf(Seen("nobody", {}), {}).has_start());
}

TEST(TenureBounds, DoNotGoBeforeAnElectionThatIsToldOf) {
  v1::Tenure elected = Seen("putin", {"2012-07-28"});
  v1::Milestone& milestone = *elected.add_milestones();
  milestone.set_id("elected");
  milestone.set_kind(v1::Milestone::ELECTED);
  milestone.mutable_time()->set_edtf("[..2012-03-05]");
  ASSERT_TRUE(resource::Prepare(elected).ok());
  EXPECT_EQ(Start(elected, {elected}), "[2012-03-05..2012-07-28]");
}

TEST(TenureBounds, TakeTheNearestNeighbour) {
  const v1::Tenure kan = Seen("kan", {"2011-05-27"});
  const v1::Tenure noda = Seen("noda", {"2011-10-14", "2012-09-08"});
  const v1::Tenure earlier = Seen("earlier", {"2009"});
  const std::vector<v1::Tenure> all = {kan, noda, earlier};
  EXPECT_EQ(Start(noda, all), "[2011-05-27..2011-10-14]");
  EXPECT_EQ(End(earlier, all), "[2009-01-01..2011-05-27]");
}

TEST(TenureBounds, SayNothingOfWhatIsStated) {
  v1::Tenure stated = Seen("gemba", {"2011-09-09"});
  stated.mutable_start()->set_edtf("2011-09-02");
  ASSERT_TRUE(resource::Prepare(stated).ok());
  EXPECT_FALSE(BoundsOf(stated, {stated}).has_start());
}

// Who was seen twice with somebody else between them did not hold the post in one go; the tenure
// that is one person's is not bounded by that person's other one.
TEST(TenureBounds, ASecondTenureOfTheSamePersonIsNoNeighbour) {
  const v1::Tenure first = Seen("putin", {"2000"});
  v1::Tenure again = Seen("putin", {"2012-07-28"});
  again.set_name("tenures/putin-again");
  EXPECT_EQ(Start(again, {first, again}), "[..2012-07-28]");
}

}  // namespace
}  // namespace chancery::people
