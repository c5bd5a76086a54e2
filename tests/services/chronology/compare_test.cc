#include "services/chronology/compare.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

using enum Relation;

struct Pair {
  std::string a;
  std::string b;
  Relation relation;
};

Relation Mirrored(Relation relation) {
  if (relation == kBefore) return kAfter;
  return relation == kAfter ? kBefore : relation;
}

TEST(CompareTest, IsCertainOrSaysThatItIsNot) {
  const Pair table[] = {
      // Moments.
      {"2012-06-17", "2012-06-18", kBefore},
      {"2012-06-18", "2012-06-18", kOverlaps},
      {"2012-06", "2012-06-18", kUndetermined},
      {"2012-06", "2012-06", kUndetermined},
      {"2012-06", "2012-07-01", kBefore},
      {"2012-06", "2012", kUndetermined},
      {"2011", "2012", kBefore},
      {"201X", "2020", kBefore},
      {"201X", "2019-12-31", kUndetermined},
      {"2001-21", "2001-22", kUndetermined},
      {"2001-24", "2002", kBefore},
      {"[2009-10-12..2009-10-14]", "2009-10-13", kUndetermined},
      {"[2009-10-12..2009-10-14]", "2009-10-15", kBefore},
      {"[..2003]", "2004", kBefore},
      {"[..2003]", "2003-12-31", kUndetermined},
      {"[..2003]", "[..2003]", kUndetermined},
      {"[2012-09-08..]", "2012-09-07", kAfter},
      {"[2012-09-08..]", "2013", kUndetermined},
      {"[..2003]", "[2004..]", kBefore},
      {"[2003,2005]", "2004", kUndetermined},
      {"[2003,2005]", "2006", kBefore},
      {"[2009-05-01,2009-05-03]", "2009-05-01/2009-05-03", kOverlaps},
      // Stretches.
      {"2008-11-05/2008-11-08", "2008-11-09", kBefore},
      {"2008-11-05/2008-11-08", "2008-11-08", kOverlaps},
      {"2008-11-05/2008-11-08", "2008-11-06", kOverlaps},
      {"2008-11-05/2008-11-08", "2008-11", kUndetermined},
      {"2008-11-05/2008-11-08", "2008-11-08/2008-11-20", kOverlaps},
      {"2008-11-05/2008-11-08", "2008-11-09/2008-11-20", kBefore},
      {"2008-11-05/2008-11-08", "[2008-11-06..2008-11-07]", kOverlaps},
      {"2008-11-05/2008-11-08", "[2008-11-06..2008-11-09]", kUndetermined},
      {"2008/2012", "2011", kOverlaps},
      {"2008/2012", "2012", kUndetermined},
      {"2008/2012", "2010/2011", kOverlaps},
      {"2008/2012", "2012/2013", kUndetermined},
      {"2008/2012", "2013", kBefore},
      {"2009/2009", "2009/2009", kUndetermined},
      // Open and unknown sides.
      {"2007/..", "2006", kAfter},
      {"2007/..", "2012", kUndetermined},
      {"2007-01-01/..", "2007-01-01", kOverlaps},
      {"2007/", "2012", kUndetermined},
      {"/2007", "2008", kBefore},
      {"../2007-05-03", "2007-05-03", kOverlaps},
      {"../2007-05-03", "2007-05-02", kUndetermined},
      {"../2007", "2008/..", kBefore},
      // Sets of all: each of them is there.
      {"{2009-05,2011}", "2012", kBefore},
      {"{2009-05,2011}", "2010", kUndetermined},
      {"{2009-05-12,2011}", "2009-05-12", kOverlaps},
      {"[2009-05-12,2011]", "2009-05-12", kUndetermined},
      {"{2009-05-12,2011-02-11}", "[2009-05-12,2011-02-11]", kOverlaps},
      {"{2009-10-12..2009-10-14}", "2009-10-13", kOverlaps},
      {"{2009-10..2009-12}", "2009-10-31/2009-12-01", kOverlaps},
      {"{2009-10,2009-12}", "2009-10-31/2009-12-01", kUndetermined},
      {"{..1984}", "1983", kUndetermined},
      {"{..1984}", "1985", kBefore},
      // Years that are none of the record's.
      {"-0044-03-15", "0014", kBefore},
      {"Y-170000002", "-9999", kBefore},
      {"Y170000002", "9999/..", kUndetermined},
      // Doubts.
      {"1956~", "2012", kUndetermined},
      {"1956?", "1956?", kUndetermined},
      {"2008~/2012", "2013", kBefore},
      {"2008/2012~", "2013", kUndetermined},
      {"2007~/2012", "2009/2010", kUndetermined},
      {"[2003,2005?]", "2006", kUndetermined},
  };
  for (const Pair& row : table) {
    EXPECT_EQ(Compare(Date(row.a), Date(row.b)), row.relation) << row.a << " : " << row.b;
    EXPECT_EQ(Compare(Date(row.b), Date(row.a)), Mirrored(row.relation)) << row.b << " : " << row.a;
  }
}

TEST(CompareTest, AnOngoingStretchLastsUntilItsAsOf) {
  const auto since_2007 = ExtentsOf(Date("2007/.."), Day("2013-01-01"));
  EXPECT_EQ(Compare(since_2007, ExtentsOf(Date("2012"))), kOverlaps);
  EXPECT_EQ(Compare(since_2007, ExtentsOf(Date("2013"))), kUndetermined);
  EXPECT_EQ(Compare(since_2007, ExtentsOf(Date("2006"))), kAfter);
}

TEST(CompareTest, AnAsOfChangesNothingElse) {
  for (const char* text : {"2007/", "[2007..]", "2007/2009", "2007"}) {
    const auto date = ExtentsOf(Date(text), Day("2013-01-01"));
    EXPECT_EQ(Compare(date, ExtentsOf(Date("2012"))), Compare(Date(text), Date("2012"))) << text;
  }
  const auto before_it_began = ExtentsOf(Date("2007/.."), Day("2001-01-01"));
  EXPECT_EQ(Compare(before_it_began, ExtentsOf(Date("2008"))), kUndetermined);
}

TEST(SortKeyTest, OrdersByFirstThenLastDay) {
  const std::vector<std::string> in_order = {
      "[..2003]",   "[..2004]",   "[..2003,2005..]",       "1956-01-01", "1956", "1969-12-31",
      "1970-01-01", "2009-05-01", "2009-05-01/2009-05-03", "2009-05",    "2009", "[2009..]",
      "2009-05-02"};
  std::vector<std::string> sorted = in_order;
  std::reverse(sorted.begin(), sorted.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const std::string& a, const std::string& b) {
    return SortKeyOf(Date(a)) < SortKeyOf(Date(b));
  });
  // 2009-05-01 is later than 2009-01-01, where the year begins.
  const std::vector<std::string> expected = {"[..2003]",
                                             "[..2004]",
                                             "[..2003,2005..]",
                                             "1956-01-01",
                                             "1956",
                                             "1969-12-31",
                                             "1970-01-01",
                                             "2009",
                                             "[2009..]",
                                             "2009-05-01",
                                             "2009-05-01/2009-05-03",
                                             "2009-05",
                                             "2009-05-02"};
  EXPECT_EQ(sorted, expected);
}

TEST(CanAgreeTest, IfOneReadingIsThatOfBoth) {
  const std::vector<std::string> all = {
      "2012",    "2012-06", "2012-06-18", "2013",    "1956~",           "[..2003]", "[2003..]",
      "2007/..", "2007/",   "2007/2012",  "../2012", "2007-05/2012-06", "201X",     "[2003,2005]"};
  for (const std::string& a : all) {
    EXPECT_TRUE(CanAgree(Date(a), Date(a))) << a;
    for (const std::string& b : all) {
      EXPECT_EQ(CanAgree(Date(a), Date(b)), CanAgree(Date(b), Date(a))) << a << " " << b;
      // What is certainly before another is not it.
      const bool before = Compare(Date(a), Date(b)) == kBefore;
      EXPECT_FALSE(before && CanAgree(Date(a), Date(b))) << a << " " << b;
    }
  }
  EXPECT_TRUE(CanAgree(Date("2007/.."), Date("2007-05/2012-06")));
  EXPECT_FALSE(CanAgree(Date("2007/.."), Date("2008/2012")));
  EXPECT_FALSE(CanAgree(Date("[2003,2005]"), Date("2004")));
  EXPECT_FALSE(CanAgree(Date("2012-06-18"), Date("2007/2011")));
  EXPECT_TRUE(CanAgree(Date("{2009-10-12..2009-10-14}"), Date("2009-10-12/2009-10-14")));
  EXPECT_FALSE(CanAgree(Date("{1960,1961}"), Date("1960")));
}

TEST(SortKeyTest, PutsUndatedLast) {
  for (const char* text : {"[..2003]", "9999-12-31", "[9999-12-31..]", "9999/.."}) {
    EXPECT_LT(SortKeyOf(Date(text)), kUndated) << text;
  }
}

TEST(SortKeyTest, IsInDaysSince1970) {
  EXPECT_EQ(SortKeyOf(Date("1970-01-01")), (SortKey{0, 0}));
  EXPECT_EQ(SortKeyOf(Date("1969")), (SortKey{-365, -1}));
  EXPECT_EQ(SortKeyOf(Date("2012-06-18/..")), (SortKey{15509, kNoLatest}));
  EXPECT_EQ(SortKeyOf(Date("[..2012-06-18]")), (SortKey{kNoEarliest, 15509}));
}

}  // namespace
}  // namespace chancery::chronology
