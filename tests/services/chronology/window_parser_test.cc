#include "services/chronology/window_parser.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

struct Days {
  std::string text;
  std::string from;
  std::string to;
};

TEST(ParseWindowTest, IsAllTheDaysThatAreCovered) {
  const Days table[] = {
      {"2009-05-12", "2009-05-12", "2009-05-12"},
      {"2009-05", "2009-05-01", "2009-05-31"},
      {"2009", "2009-01-01", "2009-12-31"},
      {"200X", "2000-01-01", "2009-12-31"},
      {"2009-05-10/2009-05-20", "2009-05-10", "2009-05-20"},
      {"2009/2011", "2009-01-01", "2011-12-31"},
      {"2007/..", "2007-01-01", ""},
      {"../2007", "", "2007-12-31"},
  };
  for (const Days& row : table) {
    const auto window = ParseWindow(row.text);
    ASSERT_TRUE(window.ok()) << row.text;
    EXPECT_EQ(Text(window->from), row.from) << row.text;
    EXPECT_EQ(Text(window->to), row.to) << row.text;
  }
}

TEST(ParseWindowTest, RefusesWhatLeavesOpenWhichDaysAreMeant) {
  for (const char* text : {"2009?", "2009~/2010", "[2009..2010]", "{2009,2010}", "2009-21",
                           "2009-21/2010", "2009/", "/2009", "0000", "-0044/2009", "Y20090"}) {
    ParseError error;
    EXPECT_FALSE(ParseWindow(text, &error).ok()) << text;
    EXPECT_EQ(error.rule, "window") << text;
  }
}

TEST(ParseWindowTest, SaysWhereTheTextIsWrong) {
  ParseError error;
  EXPECT_FALSE(ParseWindow("2009-05-01/2009-04-31", &error).ok());
  EXPECT_EQ(error.rule, "calendar");
  EXPECT_EQ(error.position, 19);
  EXPECT_FALSE(ParseWindow("2009-05-20/2009-05-10", &error).ok());
  EXPECT_EQ(error.rule, "order");
}

}  // namespace
}  // namespace chancery::chronology
