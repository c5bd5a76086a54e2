#include "services/chronology/extremes.h"

#include <vector>

#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

using Kind = Extreme::Kind;
using Which = std::vector<size_t>;

std::vector<Edtf> Dates(const std::vector<const char*>& texts) {
  std::vector<Edtf> dates;
  dates.reserve(texts.size());
  for (const char* text : texts) dates.push_back(Date(text));
  return dates;
}

void ExpectFirst(const std::vector<const char*>& texts, Kind kind, const Which& which) {
  const Extreme first = FirstOf(Dates(texts));
  EXPECT_EQ(first.kind, kind) << texts.front();
  EXPECT_EQ(first.which, which) << texts.front();
}

void ExpectLast(const std::vector<const char*>& texts, Kind kind, const Which& which) {
  const Extreme last = LastOf(Dates(texts));
  EXPECT_EQ(last.kind, kind) << texts.front();
  EXPECT_EQ(last.which, which) << texts.front();
}

TEST(ExtremesTest, OfNoneIsNone) {
  EXPECT_EQ(FirstOf({}).kind, Kind::kNone);
  EXPECT_EQ(LastOf({}).kind, Kind::kNone);
}

TEST(ExtremesTest, OneThatIsBeforeAllOthersUnderEveryReading) {
  ExpectFirst({"2011-02-11", "2009-05", "2010"}, Kind::kOne, {1});
  ExpectLast({"2011-02-11", "2009-05", "2010"}, Kind::kOne, {0});
  ExpectFirst({"1956~"}, Kind::kOne, {0});
}

TEST(ExtremesTest, TheSameDayIsATie) {
  ExpectFirst({"2012-06-18", "2012-07", "2012-06-18"}, Kind::kTied, {0, 2});
  ExpectFirst({"2012-06-18/2012-06-20", "2012-06-18"}, Kind::kTied, {0, 1});
  ExpectLast({"2012-06-18/2012-06-20", "2012-06-18"}, Kind::kOne, {0});
}

TEST(ExtremesTest, TheSameMonthIsNoTie) {
  ExpectFirst({"2012-06", "2012-06", "2012-07"}, Kind::kUndetermined, {0, 1});
  ExpectFirst({"2012-06", "2012-06-30", "2012-07"}, Kind::kUndetermined, {0, 1});
  ExpectLast({"2012-06", "2012-06-30"}, Kind::kUndetermined, {0, 1});
}

TEST(ExtremesTest, WhatHasNoBoundMayAlwaysBe) {
  ExpectFirst({"1956", "[..2003]"}, Kind::kUndetermined, {0, 1});
  ExpectLast({"2012-06-18", "2007/..", "2006"}, Kind::kUndetermined, {0, 1});
}

TEST(ExtremesTest, ADoubtfulDateExcludesNothing) {
  ExpectFirst({"1956~", "2012-06-18"}, Kind::kUndetermined, {0, 1});
  ExpectFirst({"2012-06-18", "2012-06-18?"}, Kind::kUndetermined, {0, 1});
}

TEST(ExtremesTest, OfASetOfAllTheFirstAndTheLastMemberCount) {
  ExpectFirst({"{2009-05-12,2012}", "2010"}, Kind::kOne, {0});
  ExpectLast({"{2009-05-12,2012}", "2010"}, Kind::kOne, {0});
  ExpectFirst({"[2009-05-12,2012]", "2010"}, Kind::kUndetermined, {0, 1});
}

}  // namespace
}  // namespace chancery::chronology
