// Laws of dates, over random ones.

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/chronology/compare.h"
#include "services/chronology/edtf_parser.h"
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
  RC_ASSERT(EarliestNumber(date.earliest()) <= reading.start);
  RC_ASSERT(reading.start <= reading.end);
  RC_ASSERT(reading.end <= LatestNumber(date.latest()));
}

RC_GTEST_PROP(ChronologyProperties, CompareHoldsUnderEveryReading, ()) {
  const Edtf a = *Near();
  const Edtf b = *Near();
  const Reading read_a = *AnyReading(a);
  const Reading read_b = *AnyReading(b);
  switch (Compare(a, b)) {
    case Relation::kBefore:
      RC_ASSERT(read_a.end < read_b.start);
      break;
    case Relation::kAfter:
      RC_ASSERT(read_b.end < read_a.start);
      break;
    case Relation::kOverlaps:
      RC_ASSERT(read_a.start <= read_b.end && read_b.start <= read_a.end);
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
  const bool overlaps = reading.start <= DayNumberOf(to) && reading.end >= DayNumberOf(from);
  const bool within = reading.start >= DayNumberOf(from) && reading.end <= DayNumberOf(to);

  const WindowMatch by_overlaps = MatchWindow(date, {from, to}, WindowMode::kOverlaps);
  if (by_overlaps == WindowMatch::kCertain) RC_ASSERT(overlaps);
  if (by_overlaps == WindowMatch::kNo) RC_ASSERT(!overlaps);

  const WindowMatch by_within = MatchWindow(date, {from, to}, WindowMode::kWithin);
  if (by_within == WindowMatch::kCertain) RC_ASSERT(within);
  if (by_within == WindowMatch::kNo) RC_ASSERT(!within);
  RC_ASSERT(by_within <= by_overlaps);
}

}  // namespace
}  // namespace chancery::chronology
