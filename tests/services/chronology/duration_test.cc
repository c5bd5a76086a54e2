#include "services/chronology/duration.h"

#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

constexpr auto kNoBound = std::nullopt;

DayCount FromTo(const char* a, const char* b) { return DaysFromTo(Date(a), Date(b)); }
DayCount Between(const char* a, const char* b) { return DaysBetween(Date(a), Date(b)); }

TEST(DurationTest, LengthCountsTheFirstDayAndTheLast) {
  EXPECT_EQ(LengthOf(Date("2009-05-12")), (DayCount{1, 1}));
  EXPECT_EQ(LengthOf(Date("2009-05")), (DayCount{1, 1}));
  EXPECT_EQ(LengthOf(Date("[2009-10-12..2009-10-14]")), (DayCount{1, 1}));
  EXPECT_EQ(LengthOf(Date("2009-10-12/2009-10-14")), (DayCount{3, 3}));
  EXPECT_EQ(LengthOf(Date("2008-11/2008-12-02")), (DayCount{3, 32}));
  EXPECT_EQ(LengthOf(Date("2009/2009")), (DayCount{1, 365}));
  EXPECT_EQ(LengthOf(Date("{2009-05,2011}")), (DayCount{2, 2}));
  EXPECT_EQ(LengthOf(Date("{2009-10-12..2009-10-14}")), (DayCount{3, 3}));
}

TEST(DurationTest, AnOpenSideHasNoLongestLength) {
  EXPECT_EQ(LengthOf(Date("2007/..")), (DayCount{1, kNoBound}));
  EXPECT_EQ(LengthOf(Date("2007/")), (DayCount{1, kNoBound}));
  EXPECT_EQ(LengthOf(Date("../2007")), (DayCount{1, kNoBound}));
  EXPECT_EQ(LengthOf(Date("{2005,2007..}")), (DayCount{2, kNoBound}));
  EXPECT_EQ(LengthOf(Date("2007/.."), Day("2008-01-01")), (DayCount{2, kNoBound}));
  EXPECT_EQ(LengthOf(Date("2007/"), Day("2008-01-01")), (DayCount{1, kNoBound}));
}

TEST(DurationTest, FromTheLastDayOfOneToTheFirstOfTheOther) {
  EXPECT_EQ(FromTo("1991-10-14", "1992-01-27").Exactly(), 105);
  EXPECT_EQ(FromTo("2011-09-02", "2011-09-09").Exactly(), 7);
  EXPECT_EQ(FromTo("2011-09-09", "2011-09-02").Exactly(), -7);
  EXPECT_EQ(FromTo("2009-10-12/2009-10-14", "2009-10-15").Exactly(), 1);
  EXPECT_EQ(FromTo("2009-05", "2009-06-02"), (DayCount{2, 32}));
  EXPECT_EQ(FromTo("[..2003]", "2004-01-01"), (DayCount{1, kNoBound}));
  EXPECT_EQ(FromTo("2007/..", "2004-01-01"), (DayCount{kNoBound, -1096}));
  EXPECT_FALSE(FromTo("2009-05", "2009-06-02").Exactly());
}

TEST(DurationTest, StrictlyBetweenDoesNotCountEither) {
  EXPECT_EQ(Between("2011-09-02", "2011-09-09").Exactly(), 6);
  EXPECT_EQ(Between("2011-09-09", "2011-09-02").Exactly(), 6);
  EXPECT_EQ(Between("2011-09-02", "2011-09-03").Exactly(), 0);
  EXPECT_EQ(Between("2009-05", "2009-06-02"), (DayCount{1, 31}));
  EXPECT_EQ(Between("2009-05", "2009-05-20"), (DayCount{0, 18}));
  EXPECT_EQ(Between("2008/2012", "2010").Exactly(), 0);
  EXPECT_EQ(Between("[..2003]", "2005"), (DayCount{366, kNoBound}));
}

TEST(DurationTest, ADoubtIsPassedOn) {
  EXPECT_TRUE(FromTo("1956~", "1957-01-01").doubted);
  EXPECT_TRUE(LengthOf(Date("2008~/2012")).doubted);
  EXPECT_FALSE(FromTo("1956-10-19~", "1956-10-20").Exactly());
  EXPECT_FALSE(LengthOf(Date("1956~")).doubted);
}

}  // namespace
}  // namespace chancery::chronology
