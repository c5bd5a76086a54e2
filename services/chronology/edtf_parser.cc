#include "services/chronology/edtf_parser.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/chronology/date_units.h"
#include "services/chronology/partial_date_parser.h"
#include "services/chronology/text_cursor.h"

namespace chancery::chronology {
namespace {

bool FailAfterDate(TextCursor& cursor, absl::string_view expected) {
  if (cursor.Peek() == 'T') return cursor.Fail("date-time", "no time of day");
  if (cursor.Peek() == 'S') return cursor.Fail("significant-digits", "no significant digits");
  return cursor.Fail("syntax", expected);
}

bool CheckOrder(TextCursor& cursor, const Span& span, size_t second) {
  if (!span.start.IsDate() || !span.end.IsDate()) return true;
  if (span.end.date.Latest() >= span.start.date.Earliest()) return true;
  return cursor.Fail("order", second,
                     absl::StrCat("a date not before ", span.start.date.ToString()));
}

bool ReadSide(TextCursor& cursor, Endpoint& side) {
  if (cursor.Peek() == '/' || cursor.AtEnd()) {
    side.kind = Endpoint::Kind::kUnknown;
    return true;
  }
  if (cursor.Take("..")) {
    side.kind = Endpoint::Kind::kOpen;
    return true;
  }
  return ReadPartialDate(cursor, side.date);
}

bool ReadInterval(TextCursor& cursor, Span& span) {
  if (!ReadSide(cursor, span.start)) return false;
  if (!cursor.Take("/")) return FailAfterDate(cursor, "'/'");
  const size_t second = cursor.position();
  if (!ReadSide(cursor, span.end)) return false;
  if (!span.start.IsDate() && !span.end.IsDate()) {
    return cursor.Fail("interval", second, "a date on one side of the interval at least");
  }
  return CheckOrder(cursor, span, second);
}

bool ReadMember(TextCursor& cursor, bool first, char close, Span& member) {
  if (first && cursor.Take("..")) {
    member.start.kind = Endpoint::Kind::kOpen;
    return ReadPartialDate(cursor, member.end.date);
  }
  if (!ReadPartialDate(cursor, member.start.date)) return false;
  member.end = member.start;
  if (!cursor.Take("..")) return true;
  if (cursor.Peek() == close) {
    member.end = Endpoint{Endpoint::Kind::kOpen, {}};
    return true;
  }
  const size_t second = cursor.position();
  return ReadPartialDate(cursor, member.end.date) && CheckOrder(cursor, member, second);
}

// How many dates a member of a set in braces stands for; 0 if they can not be counted.
int64_t CountMembers(const Span& member) {
  if (!member.start.IsDate() || !member.end.IsDate() || member.start == member.end) return 1;
  return CountUnits(member.start.date, member.end.date);
}

bool CheckMembers(TextCursor& cursor, const std::vector<Span>& members, size_t start) {
  int64_t count = 0;
  for (const Span& member : members) count += CountMembers(member);
  if (CountMembers(members.back()) > 0 && count <= kMaxMembers) return true;
  return cursor.Fail(
      "all-of-range", start,
      absl::StrCat("a range of years, of months or of days, at most ", kMaxMembers, " in the set"));
}

bool ReadMembers(TextCursor& cursor, Edtf::Form form, std::vector<Span>& members) {
  const absl::string_view close = form == Edtf::Form::kAllOf ? "}" : "]";
  do {
    const size_t start = cursor.position();
    Span member;
    if (!ReadMember(cursor, members.empty(), close.front(), member)) return false;
    if (!members.empty() && members.back().end.date.Latest() >= member.start.date.Earliest()) {
      return cursor.Fail("order", start, "a date after the one before it");
    }
    members.push_back(member);
    if (form == Edtf::Form::kAllOf && !CheckMembers(cursor, members, start)) return false;
  } while (members.back().end.IsDate() && cursor.Take(","));
  return cursor.Take(close) || FailAfterDate(cursor, absl::StrCat("',', '..' or '", close, "'"));
}

bool ReadDate(TextCursor& cursor, Span& span) {
  if (!ReadPartialDate(cursor, span.start.date)) return false;
  span.end = span.start;
  return true;
}

Edtf::Form FormOf(absl::string_view text) {
  if (!text.empty() && text.front() == '[') return Edtf::Form::kOneOf;
  if (!text.empty() && text.front() == '{') return Edtf::Form::kAllOf;
  return text.find('/') == absl::string_view::npos ? Edtf::Form::kDate : Edtf::Form::kInterval;
}

bool ReadSpans(TextCursor& cursor, Edtf::Form form, std::vector<Span>& spans) {
  if (form == Edtf::Form::kOneOf || form == Edtf::Form::kAllOf) {
    cursor.Skip();
    return ReadMembers(cursor, form, spans);
  }
  spans.emplace_back();
  return form == Edtf::Form::kInterval ? ReadInterval(cursor, spans.back())
                                       : ReadDate(cursor, spans.back());
}

bool ReadAll(TextCursor& cursor, Edtf::Form form, std::vector<Span>& spans) {
  if (cursor.text().size() > kMaxTextLength) {
    return cursor.Fail("length", absl::StrCat("at most ", kMaxTextLength, " characters"));
  }
  if (!ReadSpans(cursor, form, spans)) return false;
  return cursor.AtEnd() || FailAfterDate(cursor, "the end of the date");
}

absl::Status Refuse(const ParseError& found, ParseError* error) {
  if (error != nullptr) *error = found;
  return ToStatus(found);
}

}  // namespace

absl::StatusOr<Edtf> Parse(absl::string_view text, ParseError* error) {
  TextCursor cursor(text);
  const Edtf::Form form = FormOf(text);
  std::vector<Span> spans;
  if (!ReadAll(cursor, form, spans)) return Refuse(cursor.error(), error);
  return Edtf(form, std::move(spans));
}

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text, ParseError* error) {
  absl::StatusOr<Edtf> date = Parse(text, error);
  if (!date.ok()) return date.status();
  const bool one_day = date->form() == Edtf::Form::kDate && date->earliest() == date->latest();
  if (!one_day || date->qualifier() != Qualifier::kExact || !date->InYears(kFirstYear, kLastYear)) {
    return Refuse({"full-date", 0, "a full date without doubt, such as 2012-06-18"}, error);
  }
  return *date->earliest();
}

absl::Status ToStatus(const ParseError& error) {
  return absl::InvalidArgumentError(absl::StrCat("expected ", error.expected, " at character ",
                                                 error.position + 1, " (", error.rule, ")"));
}

}  // namespace chancery::chronology
