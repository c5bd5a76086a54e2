#include "services/chronology/partial_date_parser.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace chancery::chronology {
namespace {

constexpr int kMaxLongYear = 10;
constexpr int kMaxMonth = 12;
constexpr int kFirstSeason = 21;
constexpr int kLastSeason = 24;
constexpr int kLastSeasonOfLevel2 = 41;

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

// After the Y.
bool ReadLongYear(TextCursor& cursor, PartialDate& date) {
  const size_t start = cursor.position();
  const bool negative = cursor.Take("-");
  const bool padded = cursor.Peek() == '0';
  int digits = 0;
  date.year = 0;
  for (; absl::ascii_isdigit(cursor.Peek()) && digits < kMaxLongYear; ++digits, cursor.Skip()) {
    date.year = date.year * 10 + (cursor.Peek() - '0');
  }
  if (negative) date.year = -date.year;
  return (date.HasLongYear() && !padded && !absl::ascii_isdigit(cursor.Peek())) ||
         cursor.Fail("year-range", start, "a year of 5 to 10 digits after Y");
}

bool ReadYear(TextCursor& cursor, PartialDate& date) {
  const size_t start = cursor.position();
  if (IsQualifier(cursor.Peek())) return FailComponentQualifier(cursor, start);
  const bool negative = cursor.Take("-");
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
  if (!negative) return true;
  date.year = -date.year;
  return date.year < 0 || cursor.Fail("year-range", start, "0000, which has no sign");
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
  if (cursor.Take("Y")) return ReadLongYear(cursor, date);
  if (!ReadYear(cursor, date)) return false;
  if (cursor.Peek() == '-' && !ReadMonth(cursor, date)) return false;
  if (cursor.Peek() == '-' && !ReadDay(cursor, date)) return false;
  return ReadQualifier(cursor, date);
}

}  // namespace chancery::chronology
