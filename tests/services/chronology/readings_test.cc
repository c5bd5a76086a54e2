// Compare and MatchWindow against the definition itself: every reading of a date is written out,
// day by day, and the answer must be the one that all of them give, or that they do not agree.

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/chronology/compare.h"
#include "services/chronology/window.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

// Dates around the end of a February, few enough to try every pair.
const char* const kDates[] = {
    "2009-02",
    "2009-03",
    "2009-02-27",
    "2009-02-28",
    "2009-03-01",
    "2009-03-XX",
    "[2009-02-27..2009-03-02]",
    "[2009-02-28..2009-03]",
    "[2009-02-25,2009-02-28..2009-03-01,2009-03-04]",
    "[2009-02,2009-03-02]",
    "2009-02-26/2009-02-28",
    "2009-02-28/2009-03-01",
    "2009-02-28/2009-02-28",
    "2009-02/2009-03-02",
    "2009-02-27/2009-03",
    "2009-02-20/2009-02",
    "2009-02/2009-02",
};

std::vector<Reading> ReadingsOf(const Edtf& date) {
  std::vector<Reading> readings;
  for (const Span& span : date.spans()) {
    const DayNumber first = DayNumberOf(span.start.date.Earliest());
    const DayNumber last = DayNumberOf(span.end.date.Latest());
    if (date.form() != Edtf::Form::kInterval) {
      for (DayNumber day = first; day <= last; ++day) readings.push_back({day, day});
      continue;
    }
    const DayNumber last_start = DayNumberOf(span.start.date.Latest());
    const DayNumber first_end = DayNumberOf(span.end.date.Earliest());
    for (DayNumber start = first; start <= last_start; ++start) {
      for (DayNumber end = std::max(start, first_end); end <= last; ++end) {
        readings.push_back({start, end});
      }
    }
  }
  return readings;
}

Relation CompareReadings(const Reading& a, const Reading& b) {
  if (a.end < b.start) return Relation::kBefore;
  return b.end < a.start ? Relation::kAfter : Relation::kOverlaps;
}

Relation CompareByDefinition(const std::vector<Reading>& a, const std::vector<Reading>& b) {
  const Relation relation = CompareReadings(a.front(), b.front());
  for (const Reading& left : a) {
    for (const Reading& right : b) {
      if (CompareReadings(left, right) != relation) return Relation::kUndetermined;
    }
  }
  return relation;
}

TEST(ReadingsTest, CompareIsWhatAllPairsOfReadingsSay) {
  for (const char* a : kDates) {
    for (const char* b : kDates) {
      EXPECT_EQ(Compare(Date(a), Date(b)),
                CompareByDefinition(ReadingsOf(Date(a)), ReadingsOf(Date(b))))
          << a << " : " << b;
    }
  }
}

bool Matches(const Reading& reading, DayNumber from, DayNumber to, WindowMode mode) {
  if (mode == WindowMode::kOverlaps) return reading.start <= to && reading.end >= from;
  return reading.start >= from && reading.end <= to;
}

WindowMatch MatchByDefinition(const std::vector<Reading>& readings, const Window& window,
                              WindowMode mode) {
  const DayNumber from = DayNumberOf(*window.from);
  const DayNumber to = DayNumberOf(*window.to);
  const auto matches = [&](const Reading& reading) { return Matches(reading, from, to, mode); };
  if (std::all_of(readings.begin(), readings.end(), matches)) return WindowMatch::kCertain;
  if (std::any_of(readings.begin(), readings.end(), matches)) return WindowMatch::kPossible;
  return WindowMatch::kNo;
}

TEST(ReadingsTest, MatchWindowIsWhatAllReadingsSay) {
  for (const char* text : kDates) {
    const std::vector<Reading> readings = ReadingsOf(Date(text));
    for (absl::CivilDay from(2009, 1, 30); from <= absl::CivilDay(2009, 4, 2); ++from) {
      for (absl::CivilDay to = from; to <= absl::CivilDay(2009, 4, 2); ++to) {
        for (const WindowMode mode : {WindowMode::kOverlaps, WindowMode::kWithin}) {
          const Window window{from, to};
          ASSERT_EQ(MatchWindow(Date(text), window, mode),
                    MatchByDefinition(readings, window, mode))
              << text << " in " << Text(from) << " to " << Text(to);
        }
      }
    }
  }
}

}  // namespace
}  // namespace chancery::chronology
