#ifndef CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_
#define CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/chronology/edtf.h"

namespace chancery::chronology {

// Why a text is not a date, so that a caller can put a caret under it:
//
//   2009-02-30
//           ^ expected a day from 01 to 28
struct ParseError {
  // Which rule it breaks:
  //   syntax                what stands there cannot stand there
  //   length                longer than kMaxTextLength
  //   calendar              no such month or day
  //   year-range            `-0000`, or Y before less than 5 or more than 10 digits
  //   order                 upside down, or a set whose members overlap or do not ascend
  //   interval              an interval without a date on either side
  //   all-of-range          a range in braces whose members can not be counted, or too many of them
  //   full-date             ParseDay only: not a full, certain date of the years 0001 to 9999
  // or which part of EDTF, well-formed or not, is not supported here:
  //   date-time             `2010-06-09T22:00+09:00`
  //   component-qualifier   `2004-06~-11`, `?2004`
  //   unspecified-digits    X other than 201X, 20XX, -XX and -XX-XX: `1XXX`, `1984-1X`, `15XX-12`
  //   season                25 to 41
  //   significant-digits    `1950S2`
  std::string rule;
  // Where it was noticed, from 0. All that comes before is ASCII: it counts bytes and characters.
  size_t position = 0;
  // What could stand there: "a day from 01 to 28".
  std::string expected;
};

inline constexpr size_t kMaxTextLength = 256;

// The most dates that a set in braces can stand for, each of its ranges counted by its members.
inline constexpr int64_t kMaxMembers = 366;

// The years whose days the record can hold and a request can ask for.
inline constexpr int64_t kFirstYear = 1;
inline constexpr int64_t kLastYear = 9999;

// Reads a date in EDTF (ISO 8601-2, the profile of the Library of Congress): levels 0 and 1, and of
// level 2 the sets.
//
//   date      2009  2009-05  2009-05-12  201X  20XX  2004-XX  2004-06-XX  2004-XX-XX  2001-21
//             0000  -0044  -0044-03-15   and each of them followed by ?, ~ or %
//             Y170000002, a year of 5 to 10 digits, with nothing else
//   interval  date/date  date/..  date/  ../date  /date
//   set       [a..b]  [..b]  [a..]  [a,b,c..d]  of dates that ascend without overlapping
//             {a..b}  {..b}  {a..}  {a,b,c..d}  likewise; bounded ranges are of years, of months
//             or of days
//
// Out of scope: times of day, since a partial date never becomes a timestamp; and of level 2
// exponents and significant digits, seasons from 25 on, qualifiers of one component, X elsewhere.
//
// Nothing is repaired: no spaces, no lower case, no other dashes. What is accepted is canonical as
// typed, except that a set of one date, `[2003]`, is that date, `2003`.
//
// Otherwise INVALID_ARGUMENT with a message for people, and the same in parts in `*error`.
absl::StatusOr<Edtf> Parse(absl::string_view text, ParseError* error = nullptr);

// Reads one full, certain day, `2012-06-18`, as `valid_at` wants it. Errors as above.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text, ParseError* error = nullptr);

// INVALID_ARGUMENT with a message for people.
absl::Status ToStatus(const ParseError& error);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_
