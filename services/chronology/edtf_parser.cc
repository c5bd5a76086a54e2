#include "services/chronology/edtf_parser.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
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

bool ReadMember(TextCursor& cursor, bool first, Span& member) {
  if (first && cursor.Take("..")) {
    member.start.kind = Endpoint::Kind::kOpen;
    return ReadPartialDate(cursor, member.end.date);
  }
  if (!ReadPartialDate(cursor, member.start.date)) return false;
  member.end = member.start;
  if (!cursor.Take("..")) return true;
  if (cursor.Peek() == ']') {
    member.end = Endpoint{Endpoint::Kind::kOpen, {}};
    return true;
  }
  const size_t second = cursor.position();
  return ReadPartialDate(cursor, member.end.date) && CheckOrder(cursor, member, second);
}

bool ReadMembers(TextCursor& cursor, std::vector<Span>& members) {
  do {
    const size_t start = cursor.position();
    Span member;
    if (!ReadMember(cursor, members.empty(), member)) return false;
    if (!members.empty() && members.back().end.date.Latest() >= member.start.date.Earliest()) {
      return cursor.Fail("order", start, "a date after the one before it");
    }
    members.push_back(member);
  } while (members.back().end.IsDate() && cursor.Take(","));
  return cursor.Take("]") || FailAfterDate(cursor, "',', '..' or ']'");
}

bool ReadDate(TextCursor& cursor, Span& span) {
  if (!ReadPartialDate(cursor, span.start.date)) return false;
  span.end = span.start;
  return true;
}

Edtf::Form FormOf(absl::string_view text) {
  if (!text.empty() && text.front() == '[') return Edtf::Form::kSet;
  return text.find('/') == absl::string_view::npos ? Edtf::Form::kDate : Edtf::Form::kInterval;
}

bool ReadSpans(TextCursor& cursor, Edtf::Form form, std::vector<Span>& spans) {
  if (form == Edtf::Form::kSet) {
    cursor.Skip();
    return ReadMembers(cursor, spans);
  }
  spans.emplace_back();
  return form == Edtf::Form::kInterval ? ReadInterval(cursor, spans.back())
                                       : ReadDate(cursor, spans.back());
}

bool ReadAll(TextCursor& cursor, Edtf::Form form, std::vector<Span>& spans) {
  if (cursor.text().size() > kMaxTextLength) {
    return cursor.Fail("length", absl::StrCat("at most ", kMaxTextLength, " characters"));
  }
  if (cursor.Peek() == '{') return cursor.Fail("all-of-set", "one date, not a set of several");
  if (!ReadSpans(cursor, form, spans)) return false;
  return cursor.AtEnd() || FailAfterDate(cursor, "the end of the date");
}

absl::Status ToStatus(const ParseError& found, ParseError* error) {
  if (error != nullptr) *error = found;
  return absl::InvalidArgumentError(absl::StrCat("expected ", found.expected, " at character ",
                                                 found.position + 1, " (", found.rule, ")"));
}

}  // namespace

absl::StatusOr<Edtf> Parse(absl::string_view text, ParseError* error) {
  TextCursor cursor(text);
  const Edtf::Form form = FormOf(text);
  std::vector<Span> spans;
  if (!ReadAll(cursor, form, spans)) return ToStatus(cursor.error(), error);
  return Edtf(form, std::move(spans));
}

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text, ParseError* error) {
  absl::StatusOr<Edtf> date = Parse(text, error);
  if (!date.ok()) return date.status();
  const bool one_day = date->form() == Edtf::Form::kDate && date->earliest() == date->latest();
  if (!one_day || date->qualifier() != Qualifier::kExact) {
    return ToStatus({"full-date", 0, "a full date without doubt, such as 2012-06-18"}, error);
  }
  return *date->earliest();
}

}  // namespace chancery::chronology
