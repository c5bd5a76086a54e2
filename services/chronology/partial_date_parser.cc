#include "services/chronology/partial_date_parser.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace chancery::chronology {
namespace {

constexpr int kMaxMonth = 12;
constexpr int kFirstSeason = 21;
constexpr int kLastSeason = 24;
constexpr int kLastSeasonOfLevel2 = 41;

bool FailYear(TextCursor& cursor, size_t start) {
  return cursor.Fail("year-range", start, "a year from 0001 to 9999");
}

bool FailComponentQualifier(TextCursor& cursor, size_t position) {
  return cursor.Fail("component-qualifier", position,
                     "a qualifier at the end of the whole date only");
}

bool FailUnspecified(TextCursor& cursor, size_t position) {
  return cursor.Fail("unspecified-digits", position,
                     "X as in 201X, 20XX, 2004-XX, 2004-06-XX or 2004-XX-XX only");
}

bool IsQualifier(char c) { return c == '?' || c == '~' || c == '%'; }

// Two digits, or XX as PartialDate::kUnspecified.
bool ReadTwoDigits(TextCursor& cursor, absl::string_view expected, int& value) {
  const size_t start = cursor.position();
  if (IsQualifier(cursor.Peek())) return FailComponentQualifier(cursor, start);
  int unspecified = 0;
  value = 0;
  for (int i = 0; i < 2; ++i, cursor.Skip()) {
    const char c = cursor.Peek();
    if (c != 'X' && !absl::ascii_isdigit(c)) return cursor.Fail("syntax", expected);
    if (c == 'X') ++unspecified;
    value = value * 10 + (c - '0');
  }
  if (unspecified == 2) value = PartialDate::kUnspecified;
  return unspecified != 1 || FailUnspecified(cursor, start);
}

bool ReadYear(TextCursor& cursor, PartialDate& date) {
  const size_t start = cursor.position();
  if (IsQualifier(cursor.Peek())) return FailComponentQualifier(cursor, start);
  if (cursor.Peek() == 'Y' || cursor.Peek() == '-') return FailYear(cursor, start);
  date.year = 0;
  for (int i = 0; i < 4; ++i, cursor.Skip()) {
    const char c = cursor.Peek();
    if (c == 'X') {
      ++date.unspecified_digits;
    } else if (!absl::ascii_isdigit(c)) {
      return cursor.Fail("syntax", i == 0 ? "a year of four digits" : "a digit of the year, or X");
    } else if (date.unspecified_digits > 0) {
      return FailUnspecified(cursor, cursor.position());
    }
    date.year = date.year * 10 + (c == 'X' ? 0 : c - '0');
  }
  if (date.unspecified_digits > 2) return FailUnspecified(cursor, start);
  return date.year >= 1 || FailYear(cursor, start);
}

bool ReadMonth(TextCursor& cursor, PartialDate& date) {
  if (date.unspecified_digits > 0) return FailUnspecified(cursor, cursor.position());
  cursor.Skip();
  const size_t start = cursor.position();
  if (!ReadTwoDigits(cursor, "a month of two digits, or XX", date.month)) return false;
  const int month = date.month;
  if (month == PartialDate::kUnspecified || (month >= 1 && month <= kMaxMonth)) return true;
  if (month >= kFirstSeason && month <= kLastSeason) return true;
  const bool level2 = month > kLastSeason && month <= kLastSeasonOfLevel2;
  return cursor.Fail(level2 ? "season" : "calendar", start,
                     "a month from 01 to 12, or a season from 21 to 24");
}

bool ReadDay(TextCursor& cursor, PartialDate& date) {
  if (date.IsSeason()) return cursor.Fail("syntax", "the end of the date; a season has no days");
  cursor.Skip();
  const size_t start = cursor.position();
  const int last = date.Latest().day();
  int day = PartialDate::kAbsent;
  if (!ReadTwoDigits(cursor, "a day of two digits, or XX", day)) return false;
  if (day != PartialDate::kUnspecified) {
    if (date.month == PartialDate::kUnspecified) return FailUnspecified(cursor, start);
    if (day < 1 || day > last) {
      return cursor.Fail("calendar", start, absl::StrFormat("a day from 01 to %02d", last));
    }
  }
  date.day = day;
  return true;
}

bool ReadQualifier(TextCursor& cursor, PartialDate& date) {
  const size_t start = cursor.position();
  if (cursor.Take("?")) {
    date.qualifier = Qualifier::kUncertain;
  } else if (cursor.Take("~")) {
    date.qualifier = Qualifier::kApproximate;
  } else if (cursor.Take("%")) {
    date.qualifier = Qualifier::kUncertainAndApproximate;
  }
  const bool inside = cursor.position() > start && cursor.Peek() == '-';
  return !inside || FailComponentQualifier(cursor, start);
}

}  // namespace

bool ReadPartialDate(TextCursor& cursor, PartialDate& date) {
  date = PartialDate();
  if (!ReadYear(cursor, date)) return false;
  if (cursor.Peek() == '-' && !ReadMonth(cursor, date)) return false;
  if (cursor.Peek() == '-' && !ReadDay(cursor, date)) return false;
  return ReadQualifier(cursor, date);
}

}  // namespace chancery::chronology
