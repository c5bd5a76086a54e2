#include "tests/services/chronology/samples.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "services/chronology/date_units.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::chronology {
namespace {

constexpr DayNumber kCentury = 36525;

PartialDate DrawPartialDate(int first, int last) {
  PartialDate date;
  date.year = *rc::gen::inRange(first, last + 1);
  date.qualifier = *rc::gen::weightedElement<Qualifier>({{5, Qualifier::kExact},
                                                         {1, Qualifier::kUncertain},
                                                         {1, Qualifier::kApproximate},
                                                         {1, Qualifier::kUncertainAndApproximate}});
  const int kind = *rc::gen::inRange(0, 10);
  if (kind <= 1 && date.year >= 100) {
    date.unspecified_digits = kind + 1;
    date.year -= date.year % (kind == 0 ? 10 : 100);
  }
  if (kind == 2) date.month = *rc::gen::inRange(21, 25);
  if (kind == 3 || kind == 4) date.month = PartialDate::kUnspecified;
  if (kind == 4) date.day = PartialDate::kUnspecified;
  if (kind >= 5) date.month = *rc::gen::inRange(1, 13);
  if (kind == 6) date.day = PartialDate::kUnspecified;
  if (kind >= 7) date.day = *rc::gen::inRange(1, date.Latest().day() + 1);
  return date;
}

Endpoint DrawSide(int first, int last) {
  Endpoint side;
  side.kind = *rc::gen::weightedElement<Endpoint::Kind>(
      {{6, Endpoint::Kind::kDate}, {1, Endpoint::Kind::kOpen}, {1, Endpoint::Kind::kUnknown}});
  if (side.IsDate()) side.date = DrawPartialDate(first, last);
  return side;
}

bool InOrder(const Endpoint& a, const Endpoint& b) {
  if (!a.IsDate() || !b.IsDate()) return a.IsDate() || b.IsDate();
  return a.date.Earliest() <= b.date.Latest();
}

Edtf DrawInterval(int first, int last) {
  Span span{DrawSide(first, last), DrawSide(first, last)};
  if (!span.start.IsDate() && !span.end.IsDate()) span.start = {Endpoint::Kind::kDate, {}};
  if (!InOrder(span.start, span.end)) std::swap(span.start, span.end);
  return Edtf(Edtf::Form::kInterval, {span});
}

Span DrawMember(int first, int last) {
  Span member;
  member.start.date = DrawPartialDate(first, last);
  member.end = member.start;
  if (*rc::gen::inRange(0, 2) == 0) member.end.date = DrawPartialDate(first, last);
  if (!InOrder(member.start, member.end)) std::swap(member.start, member.end);
  return member;
}

// In a set of all a range needs members that can be counted.
Span Countable(Span member) {
  const int64_t count = CountUnits(member.start.date, member.end.date);
  if (count == 0 || count > 60) member.end = member.start;
  return member;
}

Edtf DrawSet(int first, int last, Edtf::Form form) {
  const auto draw = [&] {
    const Span member = DrawMember(first, last);
    return form == Edtf::Form::kAllOf ? Countable(member) : member;
  };
  std::vector<Span> members{draw()};
  const int more = *rc::gen::inRange(0, 4);
  for (int i = 0; i < more; ++i) {
    const Span member = draw();
    if (members.back().end.date.Latest() < member.start.date.Earliest()) members.push_back(member);
  }
  const int open = *rc::gen::inRange(0, 6);
  if (open == 0 || open == 2) members.front().start = {Endpoint::Kind::kOpen, {}};
  const bool end_is_free = open == 1 || (open == 2 && members.size() > 1);
  if (end_is_free) members.back().end = {Endpoint::Kind::kOpen, {}};
  return Edtf(form, std::move(members));
}

Edtf DrawEdtf(int first, int last) {
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return DrawInterval(first, last);
    case 1:
      return DrawSet(first, last, Edtf::Form::kOneOf);
    case 2:
      return DrawSet(first, last, Edtf::Form::kAllOf);
    default:
      break;
  }
  const Endpoint date{Endpoint::Kind::kDate, DrawPartialDate(first, last)};
  return Edtf(Edtf::Form::kDate, {{date, date}});
}

DayNumber DrawDay(DayNumber first, DayNumber last) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, last + 1));
}

Stretch DrawStretch(const Span& span, bool moment) {
  const PartialDate& known = span.start.IsDate() ? span.start.date : span.end.date;
  const DayNumber first = span.start.IsDate() ? DayNumberOf(span.start.date.Earliest())
                                              : DayNumberOf(known.Earliest()) - kCentury;
  const DayNumber last = span.end.IsDate() ? DayNumberOf(span.end.date.Latest())
                                           : DayNumberOf(known.Latest()) + kCentury;
  if (moment) {
    const DayNumber day = DrawDay(first, last);
    return {day, day};
  }
  const DayNumber start = DrawDay(
      first, span.start.IsDate() ? std::min(DayNumberOf(span.start.date.Latest()), last) : last);
  const DayNumber end_first = span.end.IsDate() ? DayNumberOf(span.end.date.Earliest()) : start;
  return {start, DrawDay(std::max(start, end_first), last)};
}

// Of a member of a set of all: one day of each of its units.
void DrawUnits(const Span& member, Reading& reading) {
  const bool open = !member.start.IsDate() || !member.end.IsDate();
  if (open) return reading.push_back(DrawStretch(member, false));
  if (member.start == member.end) return reading.push_back(DrawStretch(member, true));
  const auto starts = UnitStarts(member.start.date, member.end.date);
  for (size_t i = 0; i + 1 < starts.size(); ++i) {
    const DayNumber day = DrawDay(DayNumberOf(starts[i]), DayNumberOf(starts[i + 1]) - 1);
    reading.push_back({day, day});
  }
}

Reading DrawReading(const Edtf& date) {
  const std::vector<Span>& spans = date.spans();
  if (date.form() == Edtf::Form::kAllOf) {
    Reading reading;
    for (const Span& span : spans) DrawUnits(span, reading);
    return reading;
  }
  const Span& span = spans[*rc::gen::inRange<size_t>(0, spans.size())];
  return {DrawStretch(span, date.form() != Edtf::Form::kInterval)};
}

}  // namespace

Edtf Date(absl::string_view text) {
  ParseError error;
  const auto date = Parse(text, &error);
  EXPECT_TRUE(date.ok()) << text << ": " << date.status();
  return date.value();
}

absl::CivilDay Day(absl::string_view text) { return ParseDay(text).value(); }

std::string Text(std::optional<absl::CivilDay> day) {
  if (!day) return "";
  const auto year = day->year();
  return absl::StrFormat("%s%04d-%02d-%02d", year < 0 ? "-" : "", std::abs(year), day->month(),
                         day->day());
}

bool Touches(const Reading& reading, DayNumber from, DayNumber to) {
  return absl::c_any_of(reading,
                        [&](const Stretch& days) { return days.start <= to && days.end >= from; });
}

bool LiesWithin(const Reading& reading, DayNumber from, DayNumber to) {
  return reading.front().start >= from && reading.back().end <= to;
}

bool ShareDay(const Reading& a, const Reading& b) {
  return absl::c_any_of(a, [&](const Stretch& days) { return Touches(b, days.start, days.end); });
}

rc::Gen<Edtf> AnyEdtf(int first, int last) {
  return rc::gen::exec([=] { return DrawEdtf(first, last); });
}

rc::Gen<Reading> AnyReading(const Edtf& date) {
  return rc::gen::exec([=] { return DrawReading(date); });
}

}  // namespace chancery::chronology
