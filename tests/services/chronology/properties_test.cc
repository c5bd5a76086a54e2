// Laws of dates, over random ones; the same ones in every run.

#include <algorithm>
#include <vector>

#include "absl/algorithm/container.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/chronology/compare.h"
#include "services/chronology/duration.h"
#include "services/chronology/edtf_parser.h"
#include "services/chronology/extremes.h"
#include "services/chronology/window.h"
#include "tests/services/chronology/samples.h"

namespace chancery::chronology {
namespace {

// Few years, so that dates meet often.
rc::Gen<Edtf> Near() { return AnyEdtf(1999, 2003); }

RC_GTEST_PROP(ChronologyProperties, ParseOfPrintIsTheIdentity, ()) {
  const Edtf date = *AnyEdtf(1, 9999);
  const auto parsed = Parse(date.ToString());
  RC_ASSERT(parsed.ok());
  RC_ASSERT(*parsed == date);
  RC_ASSERT(parsed->ToString() == date.ToString());
}

RC_GTEST_PROP(ChronologyProperties, EqualExactlyIfPrintedAlike, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  RC_ASSERT((a == b) == (a.ToString() == b.ToString()));
}

RC_GTEST_PROP(ChronologyProperties, NoTextCrashesAndErrorsPointIntoIt, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0129-./[],?~%X{}TY ")));
  ParseError error;
  const auto date = Parse(text, &error);
  if (date.ok()) {
    RC_ASSERT(*Parse(date->ToString()) == *date);
  } else {
    RC_ASSERT(error.position <= text.size());
    RC_ASSERT(!error.rule.empty());
    RC_ASSERT(!error.expected.empty());
  }
}

RC_GTEST_PROP(ChronologyProperties, BoundsContainEveryReading, ()) {
  const Edtf date = *Near();
  const Reading reading = *AnyReading(date);
  for (const Stretch& days : reading) {
    RC_ASSERT(EarliestNumber(date.earliest()) <= days.start);
    RC_ASSERT(days.start <= days.end);
    RC_ASSERT(days.end <= LatestNumber(date.latest()));
  }
}

RC_GTEST_PROP(ChronologyProperties, CompareHoldsUnderEveryReading, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  const Reading read_a = *AnyReading(a);
  const Reading read_b = *AnyReading(b);
  switch (Compare(a, b)) {
    case Relation::kBefore:
      RC_ASSERT(read_a.back().end < read_b.front().start);
      break;
    case Relation::kAfter:
      RC_ASSERT(read_b.back().end < read_a.front().start);
      break;
    case Relation::kOverlaps:
      RC_ASSERT(ShareDay(read_a, read_b));
      break;
    case Relation::kUndetermined:
      break;
  }
}

RC_GTEST_PROP(ChronologyProperties, CompareMirrors, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  const Relation there = Compare(a, b);
  const Relation back = Compare(b, a);
  RC_ASSERT((there == Relation::kBefore) == (back == Relation::kAfter));
  RC_ASSERT((there == Relation::kAfter) == (back == Relation::kBefore));
  RC_ASSERT((there == Relation::kOverlaps) == (back == Relation::kOverlaps));
}

RC_GTEST_PROP(ChronologyProperties, NothingIsBeforeItself, ()) {
  const Edtf date = *Near();
  RC_ASSERT(Compare(date, date) != Relation::kBefore);
  RC_ASSERT(Compare(date, date) != Relation::kAfter);
}

RC_GTEST_PROP(ChronologyProperties, BeforeIsTransitive, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  const Edtf c = *Near();
  if (Compare(a, b) == Relation::kBefore && Compare(b, c) == Relation::kBefore) {
    RC_ASSERT(Compare(a, c) == Relation::kBefore);
  }
}

RC_GTEST_PROP(ChronologyProperties, SortingPutsWhatIsBeforeFirst, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  if (Compare(a, b) == Relation::kBefore) RC_ASSERT(SortKeyOf(a) < SortKeyOf(b));
  RC_ASSERT(SortKeyOf(a) < kUndated);
}

RC_GTEST_PROP(ChronologyProperties, WindowMatchHoldsUnderEveryReading, ()) {
  const Edtf date = *Near();
  const Reading reading = *AnyReading(date);
  const absl::CivilDay from = absl::CivilDay(1998, 1, 1) + *rc::gen::inRange(0, 2200);
  const absl::CivilDay to = from + *rc::gen::inRange(0, 800);
  const bool overlaps = Touches(reading, DayNumberOf(from), DayNumberOf(to));
  const bool within = LiesWithin(reading, DayNumberOf(from), DayNumberOf(to));

  const WindowMatch by_overlaps = MatchWindow(date, {from, to}, WindowMode::kOverlaps);
  if (by_overlaps == WindowMatch::kCertain) RC_ASSERT(overlaps);
  if (by_overlaps == WindowMatch::kNo) RC_ASSERT(!overlaps);

  const WindowMatch by_within = MatchWindow(date, {from, to}, WindowMode::kWithin);
  if (by_within == WindowMatch::kCertain) RC_ASSERT(within);
  if (by_within == WindowMatch::kNo) RC_ASSERT(!within);
  // What lies within overlaps, and what is certain is possible.
  RC_ASSERT(by_within <= by_overlaps);
}

RC_GTEST_PROP(ChronologyProperties, AWiderWindowTakesNothingAway, ()) {
  const Edtf date = *Near();
  const absl::CivilDay from = absl::CivilDay(1998, 1, 1) + *rc::gen::inRange(0, 2200);
  const absl::CivilDay to = from + *rc::gen::inRange(0, 800);
  const Window wider{from - *rc::gen::inRange(0, 50), to + *rc::gen::inRange(0, 50)};
  for (const WindowMode mode : {WindowMode::kOverlaps, WindowMode::kWithin}) {
    RC_ASSERT(MatchWindow(date, {from, to}, mode) <= MatchWindow(date, wider, mode));
  }
}

RC_GTEST_PROP(ChronologyProperties, DurationsHoldUnderEveryReading, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  const Reading read_a = *AnyReading(a);
  const Reading read_b = *AnyReading(b);
  const auto holds = [](const DayCount& count, int64_t days) {
    return (!count.min || *count.min <= days) && (!count.max || days <= *count.max);
  };
  const int64_t from_to = read_b.front().start - read_a.back().end;
  const int64_t back = read_a.front().start - read_b.back().end;
  int64_t length = 0;
  for (const Stretch& days : read_a) length += days.end - days.start + 1;
  RC_ASSERT(holds(DaysFromTo(a, b), from_to));
  RC_ASSERT(holds(DaysBetween(a, b), std::max<int64_t>({from_to - 1, back - 1, 0})));
  RC_ASSERT(holds(LengthOf(a), length));
}

RC_GTEST_PROP(ChronologyProperties, WhoeverIsFirstOrLastIsAmongThoseNamed, ()) {
  const std::vector<Edtf> dates = {*Near(), *Near(), *Near()};
  std::vector<DayNumber> starts;
  std::vector<DayNumber> ends;
  for (const Edtf& date : dates) {
    const Reading reading = *AnyReading(date);
    starts.push_back(reading.front().start);
    ends.push_back(reading.back().end);
  }
  const auto first = std::min_element(starts.begin(), starts.end()) - starts.begin();
  const auto last = std::max_element(ends.begin(), ends.end()) - ends.begin();
  RC_ASSERT(absl::c_linear_search(FirstOf(dates).which, first));
  RC_ASSERT(absl::c_linear_search(LastOf(dates).which, last));
}

RC_GTEST_PROP(ChronologyProperties, ThroughoutAndWithinDifferInTheMiddle, ()) {
  const absl::CivilDay first = absl::CivilDay(1999, 1, 1) + *rc::gen::inRange(0, 1000);
  const absl::CivilDay last = first + *rc::gen::inRange(2, 400);
  const absl::CivilDay middle = first + 1;
  const Edtf throughout = Date(Text(first) + "/" + Text(last));
  const Edtf some_day = Date("[" + Text(first) + ".." + Text(last) + "]");
  const Window window{middle, middle};
  RC_ASSERT(MatchWindow(throughout, window, WindowMode::kOverlaps) == WindowMatch::kCertain);
  RC_ASSERT(MatchWindow(some_day, window, WindowMode::kOverlaps) == WindowMatch::kPossible);
  RC_ASSERT(MatchWindow(throughout, window, WindowMode::kWithin) == WindowMatch::kNo);
  RC_ASSERT(MatchWindow(some_day, window, WindowMode::kWithin) == WindowMatch::kPossible);
}

}  // namespace
}  // namespace chancery::chronology
