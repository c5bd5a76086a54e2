#include "tests/services/chronology/samples.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
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

Edtf DrawSet(int first, int last) {
  std::vector<Span> members{DrawMember(first, last)};
  const int more = *rc::gen::inRange(0, 4);
  for (int i = 0; i < more; ++i) {
    const Span member = DrawMember(first, last);
    if (members.back().end.date.Latest() < member.start.date.Earliest()) members.push_back(member);
  }
  const int open = *rc::gen::inRange(0, 6);
  if (open == 0 || open == 2) members.front().start = {Endpoint::Kind::kOpen, {}};
  const bool end_is_free = open == 1 || (open == 2 && members.size() > 1);
  if (end_is_free) members.back().end = {Endpoint::Kind::kOpen, {}};
  return Edtf(Edtf::Form::kSet, std::move(members));
}

Edtf DrawEdtf(int first, int last) {
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return DrawInterval(first, last);
    case 1:
      return DrawSet(first, last);
    default:
      break;
  }
  const Endpoint date{Endpoint::Kind::kDate, DrawPartialDate(first, last)};
  return Edtf(Edtf::Form::kDate, {{date, date}});
}

DayNumber DrawDay(DayNumber first, DayNumber last) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, last + 1));
}

Reading DrawReading(const Edtf& date) {
  const std::vector<Span>& spans = date.spans();
  const Span& span = spans[*rc::gen::inRange<size_t>(0, spans.size())];
  const PartialDate& known = span.start.IsDate() ? span.start.date : span.end.date;
  const DayNumber first = span.start.IsDate() ? DayNumberOf(span.start.date.Earliest())
                                              : DayNumberOf(known.Earliest()) - kCentury;
  const DayNumber last = span.end.IsDate() ? DayNumberOf(span.end.date.Latest())
                                           : DayNumberOf(known.Latest()) + kCentury;
  if (date.form() != Edtf::Form::kInterval) {
    const DayNumber day = DrawDay(first, last);
    return {day, day};
  }
  const DayNumber start = DrawDay(
      first, span.start.IsDate() ? std::min(DayNumberOf(span.start.date.Latest()), last) : last);
  const DayNumber end_first = span.end.IsDate() ? DayNumberOf(span.end.date.Earliest()) : start;
  return {start, DrawDay(std::max(start, end_first), last)};
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
  return absl::StrFormat("%04d-%02d-%02d", day->year(), day->month(), day->day());
}

rc::Gen<Edtf> AnyEdtf(int first, int last) {
  return rc::gen::exec([=] { return DrawEdtf(first, last); });
}

rc::Gen<Reading> AnyReading(const Edtf& date) {
  return rc::gen::exec([=] { return DrawReading(date); });
}

}  // namespace chancery::chronology
