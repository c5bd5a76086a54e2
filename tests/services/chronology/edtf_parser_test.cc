#include "services/chronology/edtf_parser.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

using ::testing::HasSubstr;

TEST(ParseTest, PrintsWhatItRead) {
  for (const char* text : {
           "1956",
           "2009-05",
           "2012-06-18",
           "0001-01-01",
           "9999-12-31",
           "2000-02-29",
           "201X",
           "20XX",
           "001X",
           "2004-XX",
           "2004-06-XX",
           "2004-XX-XX",
           "2001-21",
           "2001-24",
           "1956?",
           "1956-10~",
           "1956-10-19%",
           "201X~",
           "20XX?",
           "2004-XX%",
           "2001-22?",
           "2008-11-05/2008-11-08",
           "2009/2011",
           "2009-05/2010",
           "2007/..",
           "2007/",
           "../2007",
           "/2007",
           "2007~/..",
           "1984?/2004%",
           "2001-21/2003",
           "2009-05-20/2009-05",
           "[2009-10-12..2009-10-14]",
           "[..2003]",
           "[2003..]",
           "[2003,2005]",
           "[..1984,1990,1992..]",
           "[1667,1668,1670..1672]",
           "[1667?,1668]",
           "[201X..2020]",
           "[2001-21..2003]",
           "[2003?..2005~]",
           "{1960,1961}",
           "{1667,1668,1670..1672}",
           "{2009-10-12..2009-10-14}",
           "{..1984}",
           "{1960,1984..}",
           "{1960?,197X}",
           "0000",
           "-0001",
           "-0044-03-15",
           "-1985-04?",
           "-156X",
           "-20XX",
           "000X",
           "-0044/0014",
           "Y10000",
           "Y-10000",
           "Y170000002",
           "Y-170000002",
       }) {
    EXPECT_EQ(Date(text).ToString(), text);
  }
}

TEST(ParseTest, ASetOfOneDateIsThatDate) {
  EXPECT_EQ(Date("[2003]"), Date("2003"));
  EXPECT_EQ(Date("{2003}"), Date("2003"));
  EXPECT_EQ(Date("[2003..2003]").ToString(), "2003");
  EXPECT_EQ(Date("[2003-05?]").ToString(), "2003-05?");
  EXPECT_EQ(Date("[2003?..2003]").ToString(), "[2003?..2003]");
}

struct Refusal {
  std::string text;
  std::string rule;
  size_t position;
  std::string expected;
};

TEST(ParseTest, SaysWhatIsWrongAndWhere) {
  const Refusal refusals[] = {
      {"", "syntax", 0, "a year of four digits"},
      {" 2009", "syntax", 0, "a year"},
      {"May 2009", "syntax", 0, "a year"},
      {"209", "syntax", 3, "a digit of the year, or X"},
      {"201x", "syntax", 3, "a digit of the year, or X"},
      {"20099", "syntax", 4, "the end"},
      {"2009 ", "syntax", 4, "the end"},
      {"2009/05/12", "syntax", 7, "a digit of the year"},
      {"2009-", "syntax", 5, "a month of two digits"},
      {"2009-5", "syntax", 6, "a month of two digits"},
      {"2009-05-1", "syntax", 9, "a day of two digits"},
      {"2009-05-12Z", "syntax", 10, "the end"},
      {"2001-21-05", "syntax", 7, "a season has no days"},
      {"2009??", "syntax", 5, "the end"},
      {"2009\xE2\x80\x93"
       "05",
       "syntax", 4, "the end"},
      {std::string("2009\0", 5), "syntax", 4, "the end"},
      {"2009/2010/2011", "syntax", 9, "the end"},
      {"2009x/2010", "syntax", 4, "'/'"},
      {"[2003", "syntax", 5, "',', '..' or ']'"},
      {"[2003]?", "syntax", 6, "the end"},
      {"[]", "syntax", 1, "a year"},
      {"[..]", "syntax", 3, "a year"},
      {"[2003, 2005]", "syntax", 6, "a year"},
      {"[2003..,2005]", "syntax", 7, "a year"},
      {"[2003,..2005]", "syntax", 6, "a year"},
      {"[2003/2005]", "syntax", 5, "',', '..' or ']'"},
      {"2003..2005", "syntax", 4, "the end"},
      {std::string(257, '2'), "length", 0, "at most 256 characters"},
      {"2009-00", "calendar", 5, "a month from 01 to 12, or a season from 21 to 24"},
      {"2009-13", "calendar", 5, "a month from 01 to 12, or a season from 21 to 24"},
      {"2009-20", "calendar", 5, "a month"},
      {"2009-42", "calendar", 5, "a month"},
      {"2009-02-29", "calendar", 8, "a day from 01 to 28"},
      {"2009-02-30", "calendar", 8, "a day from 01 to 28"},
      {"2012-02-30", "calendar", 8, "a day from 01 to 29"},
      {"1900-02-29", "calendar", 8, "a day from 01 to 28"},
      {"2009-04-31", "calendar", 8, "a day from 01 to 30"},
      {"2009-05-00", "calendar", 8, "a day from 01 to 31"},
      {"2009-05-12/2009-05-32", "calendar", 19, "a day from 01 to 31"},
      {"[2009-05-12..2009-05-32]", "calendar", 21, "a day from 01 to 31"},
      {"-0000", "year-range", 0, "0000, which has no sign"},
      {"-000X", "year-range", 0, "0000, which has no sign"},
      {"-", "syntax", 1, "a year of four digits"},
      {"Y", "year-range", 1, "a year of 5 to 10 digits"},
      {"Y1985", "year-range", 1, "a year of 5 to 10 digits"},
      {"Y01985", "year-range", 1, "a year of 5 to 10 digits"},
      {"Y-0001", "year-range", 1, "a year of 5 to 10 digits"},
      {"Y12345678901", "year-range", 1, "a year of 5 to 10 digits"},
      {"Y12345-05", "syntax", 6, "the end"},
      {"Y12345?", "syntax", 6, "the end"},
      {"{1960..1961-12}", "all-of-range", 1, "a range of years, of months or of days"},
      {"{196X..1970}", "all-of-range", 1, "a range of years"},
      {"{1960?..1970}", "all-of-range", 1, "a range of years"},
      {"{1500..1800,1900..1966}", "all-of-range", 12, "at most 366 in the set"},
      {"{1961,1960}", "order", 6, "a date after the one before it"},
      {"{1960]", "syntax", 5, "',', '..' or '}'"},
      {"{..}", "syntax", 3, "a year"},
      {"2009/2008", "order", 5, "a date not before 2009"},
      {"2009-05-12/2009-05-11", "order", 11, "a date not before 2009-05-12"},
      {"[2009..2008]", "order", 7, "a date not before 2009"},
      {"[2005,2003]", "order", 6, "a date after the one before it"},
      {"[2003,2003-05]", "order", 6, "a date after the one before it"},
      {"[2003..2005,2004]", "order", 12, "a date after the one before it"},
      {"/", "interval", 1, "a date on one side"},
      {"../..", "interval", 3, "a date on one side"},
      {"/..", "interval", 1, "a date on one side"},
  };
  for (const Refusal& refusal : refusals) {
    ParseError error;
    EXPECT_EQ(Parse(refusal.text, &error).status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(error.rule, refusal.rule) << refusal.text;
    EXPECT_EQ(error.position, refusal.position) << refusal.text;
    EXPECT_THAT(error.expected, HasSubstr(refusal.expected)) << refusal.text;
  }
}

TEST(ParseTest, NamesThePartOfEdtfThatIsNotSupported) {
  const Refusal refusals[] = {
      {"2010-06-09T22:00+09:00", "date-time", 10, ""},
      {"2010-06-09T22:00:00Z/2010-06-10", "date-time", 10, ""},
      {"[2010-06-09T22:00Z..]", "date-time", 11, ""},
      {"2004-06~-11", "component-qualifier", 7, ""},
      {"2004?-06", "component-qualifier", 4, ""},
      {"?2004-06", "component-qualifier", 0, ""},
      {"2004-~06", "component-qualifier", 5, ""},
      {"XXXX", "unspecified-digits", 0, ""},
      {"2XXX", "unspecified-digits", 0, ""},
      {"X004", "unspecified-digits", 1, ""},
      {"20XX-05", "unspecified-digits", 4, ""},
      {"2004-1X", "unspecified-digits", 5, ""},
      {"2004-05-3X", "unspecified-digits", 8, ""},
      {"2004-XX-12", "unspecified-digits", 8, ""},
      {"2001-25", "season", 5, ""},
      {"2001-41", "season", 5, ""},
      {"1950S2", "significant-digits", 4, ""},
  };
  for (const Refusal& refusal : refusals) {
    ParseError error;
    EXPECT_FALSE(Parse(refusal.text, &error).ok()) << refusal.text;
    EXPECT_EQ(error.rule, refusal.rule) << refusal.text;
    EXPECT_EQ(error.position, refusal.position) << refusal.text;
  }
}

TEST(ParseTest, TheMessageIsForPeople) {
  EXPECT_EQ(Parse("2009-02-30").status().message(),
            "expected a day from 01 to 28 at character 9 (calendar)");
}

TEST(ParseTest, LeavesTheErrorAloneWhenThereIsNone) {
  ParseError error{"untouched", 7, ""};
  EXPECT_TRUE(Parse("2009", &error).ok());
  EXPECT_EQ(error.rule, "untouched");
}

TEST(ParseTest, TheMostMembersAreAccepted) { EXPECT_TRUE(Parse("{1500..1800,1900..1964}").ok()); }

TEST(ParseDayTest, TakesAFullDateOnly) {
  EXPECT_EQ(ParseDay("2012-06-18").value(), absl::CivilDay(2012, 6, 18));
  for (const char* text : {"2012-06", "2012", "2012-06-XX", "2012-06-18?", "[2012-06-18..]",
                           "2012-06-18/2012-06-18"}) {
    ParseError error;
    EXPECT_FALSE(ParseDay(text, &error).ok()) << text;
    EXPECT_EQ(error.rule, "full-date") << text;
  }
  EXPECT_FALSE(ParseDay("0000-06-18").ok());
  ParseError error;
  EXPECT_FALSE(ParseDay("2012-06-31", &error).ok());
  EXPECT_EQ(error.rule, "calendar");
}

}  // namespace
}  // namespace chancery::chronology
