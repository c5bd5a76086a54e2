#include "services/chronology/window.h"

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "gtest/gtest.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

using enum WindowMatch;

std::optional<absl::CivilDay> Bound(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Day(text);
}

struct Row {
  std::string date;
  std::string from;
  std::string to;
  WindowMatch overlaps;
  WindowMatch within;
};

TEST(MatchWindowTest, IsCertainUnderEveryReadingAndPossibleUnderSome) {
  const Row table[] = {
      {"2009-05", "2009-05-01", "2009-05-31", kCertain, kCertain},
      {"2009-05", "2009-05-10", "2009-05-20", kPossible, kPossible},
      {"2009-05", "2009-06-01", "2009-06-30", kNo, kNo},
      {"2009-05", "2009-04-01", "2009-05-01", kPossible, kPossible},
      {"2009-05", "2009-04-01", "2009-04-30", kNo, kNo},
      {"2009-05", "2009-05-10", "2009-05-10", kPossible, kPossible},
      {"2009-05-10", "2009-05-10", "2009-05-10", kCertain, kCertain},
      {"[2009-10-12..2009-10-14]", "2009-10-13", "2009-10-13", kPossible, kPossible},
      {"[2009-10-12..2009-10-14]", "2009-10-12", "2009-10-14", kCertain, kCertain},
      {"[..2003]", "2003-01-01", "2003-12-31", kPossible, kPossible},
      {"[..2003]", "1801-01-01", "1801-01-01", kPossible, kPossible},
      {"[..2003]", "2004-01-01", "2004-12-31", kNo, kNo},
      {"[..2003]", "", "2003-12-31", kCertain, kCertain},
      {"[2003..]", "2003-01-01", "", kCertain, kCertain},
      {"[2003..]", "", "2002-12-31", kNo, kNo},
      {"[2003,2005]", "2004-01-01", "2004-12-31", kNo, kNo},
      {"[2003,2005]", "2003-01-01", "2004-12-31", kPossible, kPossible},
      {"[2003,2005]", "2003-01-01", "2005-12-31", kCertain, kCertain},
      {"2008-11-05/2008-11-08", "2008-11-01", "2008-11-30", kCertain, kCertain},
      {"2008-11-05/2008-11-08", "2008-11-08", "2008-11-30", kCertain, kNo},
      {"2008-11-05/2008-11-08", "2008-11-06", "2008-11-07", kCertain, kNo},
      {"2008-11-05/2008-11-08", "2008-11-09", "2008-11-30", kNo, kNo},
      {"2008/2012", "2009-01-01", "2011-12-31", kCertain, kNo},
      {"2008/2012", "2012-01-01", "2012-12-31", kCertain, kNo},
      {"2008/2012", "2012-01-02", "2012-12-31", kPossible, kNo},
      {"2008/2012", "2008-06-01", "2012-06-30", kCertain, kPossible},
      {"2008/2012", "2008-01-01", "2012-12-31", kCertain, kCertain},
      {"2009/2009", "2009-03-01", "2009-03-31", kPossible, kPossible},
      {"2007/..", "2007-01-01", "", kCertain, kCertain},
      {"2007/..", "2012-01-01", "2012-12-31", kPossible, kNo},
      {"2007/..", "2006-01-01", "2006-12-31", kNo, kNo},
      {"2007/", "2012-01-01", "2012-12-31", kPossible, kNo},
      {"2007/", "2007-01-01", "2012-12-31", kCertain, kPossible},
      {"/2007", "", "2007-12-31", kCertain, kCertain},
      {"/2007", "1801-01-01", "1801-12-31", kPossible, kNo},
      {"../2007-05-03", "2007-05-03", "2007-05-03", kCertain, kPossible},
      {"2009-05?", "2009-05-01", "2009-05-31", kPossible, kPossible},
      {"2009-05~", "2009-06-01", "2009-06-30", kNo, kNo},
      {"2008~/2012", "2010-01-01", "2010-12-31", kPossible, kNo},
      {"2009-05", "", "", kCertain, kCertain},
      {"2009-05", "2009-05-31", "2009-05-01", kNo, kNo},
  };
  for (const Row& row : table) {
    const Window window{Bound(row.from), Bound(row.to)};
    const std::string what = row.date + " in " + row.from + " to " + row.to;
    EXPECT_EQ(MatchWindow(Date(row.date), window, WindowMode::kOverlaps), row.overlaps) << what;
    EXPECT_EQ(MatchWindow(Date(row.date), window, WindowMode::kWithin), row.within) << what;
  }
}

TEST(MatchWindowTest, AnOpenEndIsCertainUpToItsAsOf) {
  const Edtf date = Date("2007/..");
  const Window spring{Day("2012-04-01"), Day("2012-06-30")};
  const auto match = [&](const char* as_of) {
    return MatchWindow(date, spring, WindowMode::kOverlaps, Day(as_of));
  };
  EXPECT_EQ(match("2012-03-31"), kPossible);
  EXPECT_EQ(match("2012-04-01"), kCertain);
  EXPECT_EQ(match("2013-01-01"), kCertain);
  EXPECT_EQ(match("2001-01-01"), kPossible);
}

}  // namespace
}  // namespace chancery::chronology
