// Every answer about dates against the definition itself: every reading of a date is written out,
// day by day, and the answer must be the one that all of them give, or that they do not agree.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/chronology/compare.h"
#include "services/chronology/duration.h"
#include "services/chronology/extremes.h"
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
    "{2009-02-27,2009-03-02}",
    "{2009-02-27..2009-03-01}",
    "{2009-02,2009-03-02}",
};

// Of days that are each certain, but for the first member.
std::vector<Reading> ReadingsOfAll(const Edtf& date) {
  const std::vector<Span>& spans = date.spans();
  Reading rest;
  for (size_t i = 1; i < spans.size(); ++i) {
    const DayNumber day = DayNumberOf(spans[i].start.date.Earliest());
    rest.push_back({day, day});
  }
  const Span& first = spans.front();
  const DayNumber from = DayNumberOf(first.start.date.Earliest());
  const DayNumber to = DayNumberOf(first.end.date.Latest());
  if (!(first.start == first.end)) {
    Reading days;
    for (DayNumber day = from; day <= to; ++day) days.push_back({day, day});
    return {days};
  }
  std::vector<Reading> readings;
  for (DayNumber day = from; day <= to; ++day) {
    readings.push_back({{day, day}});
    readings.back().insert(readings.back().end(), rest.begin(), rest.end());
  }
  return readings;
}

std::vector<Reading> ReadingsOf(const Edtf& date) {
  if (date.form() == Edtf::Form::kAllOf) return ReadingsOfAll(date);
  std::vector<Reading> readings;
  for (const Span& span : date.spans()) {
    const DayNumber first = DayNumberOf(span.start.date.Earliest());
    const DayNumber last = DayNumberOf(span.end.date.Latest());
    if (date.form() != Edtf::Form::kInterval) {
      for (DayNumber day = first; day <= last; ++day) readings.push_back({{day, day}});
      continue;
    }
    const DayNumber last_start = DayNumberOf(span.start.date.Latest());
    const DayNumber first_end = DayNumberOf(span.end.date.Earliest());
    for (DayNumber start = first; start <= last_start; ++start) {
      for (DayNumber end = std::max(start, first_end); end <= last; ++end) {
        readings.push_back({{start, end}});
      }
    }
  }
  return readings;
}

Relation CompareReadings(const Reading& a, const Reading& b) {
  if (a.back().end < b.front().start) return Relation::kBefore;
  if (b.back().end < a.front().start) return Relation::kAfter;
  // Sets of all can lie in each other's gaps.
  return ShareDay(a, b) ? Relation::kOverlaps : Relation::kUndetermined;
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
  return mode == WindowMode::kOverlaps ? Touches(reading, from, to) : LiesWithin(reading, from, to);
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

// Calls visit(a, b, readings of a, readings of b) for every pair of dates.
template <typename Visitor>
void ForEachPair(const Visitor& visit) {
  for (const char* a : kDates) {
    for (const char* b : kDates) {
      SCOPED_TRACE(std::string(a) + " : " + b);
      visit(Date(a), Date(b), ReadingsOf(Date(a)), ReadingsOf(Date(b)));
    }
  }
}

TEST(ReadingsTest, MatchBetweenIsWhatAllReadingsSay) {
  const Edtf after = Date("2009-02-26");
  ForEachPair([&](const Edtf& date, const Edtf& before, const auto& dates, const auto& befores) {
    size_t between = 0;
    for (const Reading& reading : dates) {
      for (const Reading& other : befores) {
        const DayNumber from = DayNumberOf(*after.latest()) + 1;
        if (LiesWithin(reading, from, other.front().start - 1)) ++between;
      }
    }
    WindowMatch expected = between > 0 ? WindowMatch::kPossible : WindowMatch::kNo;
    if (between == dates.size() * befores.size()) expected = WindowMatch::kCertain;
    EXPECT_EQ(MatchBetween(date, after, before), expected);
  });
}

TEST(ReadingsTest, LengthsAreThoseOfTheReadings) {
  for (const char* text : kDates) {
    int64_t least = INT64_MAX;
    int64_t most = 0;
    for (const Reading& reading : ReadingsOf(Date(text))) {
      int64_t days = 0;
      for (const Stretch& stretch : reading) days += stretch.end - stretch.start + 1;
      least = std::min(least, days);
      most = std::max(most, days);
    }
    EXPECT_EQ(LengthOf(Date(text)), (DayCount{least, most})) << text;
  }
}

TEST(ReadingsTest, DaysFromToAreThoseOfTheReadings) {
  ForEachPair([&](const Edtf& a, const Edtf& b, const auto& as, const auto& bs) {
    int64_t least = INT64_MAX;
    int64_t most = INT64_MIN;
    for (const Reading& from : as) {
      for (const Reading& to : bs) {
        least = std::min<int64_t>(least, to.front().start - from.back().end);
        most = std::max<int64_t>(most, to.front().start - from.back().end);
      }
    }
    EXPECT_EQ(DaysFromTo(a, b), (DayCount{least, most}));
  });
}

TEST(ReadingsTest, DaysBetweenAreThoseOfTheReadings) {
  ForEachPair([&](const Edtf& a, const Edtf& b, const auto& as, const auto& bs) {
    int64_t least = INT64_MAX;
    int64_t most = 0;
    for (const Reading& from : as) {
      for (const Reading& to : bs) {
        const int64_t days = std::max<int64_t>(
            {to.front().start - from.back().end - 1, from.front().start - to.back().end - 1, 0});
        least = std::min(least, days);
        most = std::max(most, days);
      }
    }
    const DayCount between = DaysBetween(a, b);
    EXPECT_EQ(between.max, most);
    // Only where both have gaps can fewer be answered than there are.
    const bool gaps = a.spans().size() > 1 || b.spans().size() > 1;
    EXPECT_LE(*between.min, least);
    EXPECT_TRUE(gaps || *between.min == least);
  });
}

// By the readings: who can be first, and whether those are always together.
Extreme ExtremeByDefinition(const std::vector<DayNumber>& as, const std::vector<DayNumber>& bs) {
  bool a_can = false;
  bool b_can = false;
  bool always_tied = true;
  for (const DayNumber a : as) {
    for (const DayNumber b : bs) {
      a_can |= a <= b;
      b_can |= b <= a;
      always_tied &= a == b;
    }
  }
  if (!b_can) return {Extreme::Kind::kOne, {0}};
  if (!a_can) return {Extreme::Kind::kOne, {1}};
  return {always_tied ? Extreme::Kind::kTied : Extreme::Kind::kUndetermined, {0, 1}};
}

TEST(ReadingsTest, FirstAndLastAreThoseOfTheReadings) {
  ForEachPair([&](const Edtf& a, const Edtf& b, const auto& as, const auto& bs) {
    std::vector<DayNumber> a_starts, b_starts, a_ends, b_ends;
    for (const Reading& reading : as) a_starts.push_back(reading.front().start);
    for (const Reading& reading : bs) b_starts.push_back(reading.front().start);
    for (const Reading& reading : as) a_ends.push_back(-reading.back().end);
    for (const Reading& reading : bs) b_ends.push_back(-reading.back().end);
    const Extreme first = ExtremeByDefinition(a_starts, b_starts);
    const Extreme last = ExtremeByDefinition(a_ends, b_ends);
    EXPECT_EQ(FirstOf({a, b}).kind, first.kind);
    EXPECT_EQ(FirstOf({a, b}).which, first.which);
    EXPECT_EQ(LastOf({a, b}).kind, last.kind);
    EXPECT_EQ(LastOf({a, b}).which, last.which);
  });
}

}  // namespace
}  // namespace chancery::chronology
