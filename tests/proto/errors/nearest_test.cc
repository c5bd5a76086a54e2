#include "proto/errors/nearest.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace chancery::errors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string>& Fields() {
  static const auto& fields =
      *new std::vector<std::string>{"name", "title", "kind", "level",   "time",    "venue",
                                    "mode", "state", "id",   "matters", "involves"};
  return fields;
}

struct Slip {
  const char* given;
  const char* meant;
};

class NearestNamesOfASlip : public testing::TestWithParam<Slip> {};

TEST_P(NearestNamesOfASlip, StartWithWhatWasMeant) {
  const std::vector<std::string> names = NearestNames(GetParam().given, Fields());
  ASSERT_FALSE(names.empty()) << GetParam().given;
  EXPECT_EQ(names.front(), GetParam().meant) << GetParam().given;
}

INSTANTIATE_TEST_SUITE_P(Slips, NearestNamesOfASlip,
                         testing::Values(Slip{"titel", "title"},   // two neighbours swapped
                                         Slip{"titl", "title"},    // one left out
                                         Slip{"tittle", "title"},  // one too many
                                         Slip{"vemue", "venue"},   // another
                                         Slip{"KIND", "kind"},     // another case
                                         Slip{"Title", "title"},   //
                                         Slip{"involving", "involves"}, Slip{"level", "level"}));

TEST(NearestNames, AreSortedByDistanceThenName) {
  EXPECT_THAT(NearestNames("mode", {"node", "made", "mode", "mo", "code"}, 5),
              ElementsAre("mode", "code", "made", "node", "mo"));
}

TEST(NearestNames, AreAtMostSoMany) {
  EXPECT_THAT(NearestNames("a1", {"a2", "a3", "a4", "a5"}), ElementsAre("a2", "a3", "a4"));
  EXPECT_THAT(NearestNames("a1", {"a2", "a3", "a4", "a5"}, 1), ElementsAre("a2"));
  EXPECT_THAT(NearestNames("a1", {"a2"}, 0), IsEmpty());
}

TEST(NearestNames, NameEachCandidateOnce) {
  EXPECT_THAT(NearestNames("kinds", {"kind", "kind"}), ElementsAre("kind"));
}

TEST(NearestNames, AllowMoreSlipsInALongerName) {
  EXPECT_THAT(NearestNames("memorandum_of_understandings_xx", {"memorandum_of_understanding"}),
              ElementsAre("memorandum_of_understanding"));
  EXPECT_THAT(NearestNames("kindabc", {"kind"}), IsEmpty());
}

TEST(NearestNames, LeaveOutWhatHasNothingInCommon) {
  EXPECT_THAT(NearestNames("xy", {"id"}), IsEmpty());
  EXPECT_THAT(NearestNames("", {"id"}), IsEmpty());
  EXPECT_THAT(NearestNames("place_of_birth", Fields()), IsEmpty());
  EXPECT_THAT(NearestNames(std::string(1 << 20, 'x'), Fields()), IsEmpty());
  EXPECT_THAT(NearestNames("kind", {}), IsEmpty());
}

TEST(DidYouMean, IsAQuestionAtTheEndOfASentence) {
  EXPECT_EQ(DidYouMean({}), "");
  EXPECT_EQ(DidYouMean({"a"}), " (did you mean a?)");
  EXPECT_EQ(DidYouMean({"a", "b"}), " (did you mean a or b?)");
  EXPECT_EQ(DidYouMean({"a", "b", "c"}), " (did you mean a, b or c?)");
}

}  // namespace
}  // namespace chancery::errors
