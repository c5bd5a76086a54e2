#ifndef CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_
#define CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_

#include <cstddef>
#include <string>

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
  //   year-range            a year outside 0001 to 9999 (so also `-0044`, `Y170000002`, `000X`)
  //   order                 upside down, or a set whose members overlap or do not ascend
  //   interval              an interval without a date on either side
  //   full-date             ParseDay only: not a full, certain date
  // or which part of EDTF, well-formed or not, is not supported here:
  //   date-time             `2010-06-09T22:00+09:00`
  //   all-of-set            `{1960,1961}`
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

// Reads a date in EDTF (ISO 8601-2, the profile of the Library of Congress): all of level 0 but
// times, level 1, and of level 2 the one-of sets.
//
//   date      2009  2009-05  2009-05-12  201X  20XX  2004-XX  2004-06-XX  2004-XX-XX  2001-21
//             and each of them followed by ?, ~ or %
//   interval  date/date  date/..  date/  ../date  /date
//   set       [a..b]  [..b]  [a..]  [a,b,c..d]  of dates that ascend without overlapping
//
// Nothing is repaired: no spaces, no lower case, no other dashes. What is accepted is canonical as
// typed, except that a set of one date, `[2003]`, is that date, `2003`.
//
// Otherwise INVALID_ARGUMENT with a message for people, and the same in parts in `*error`.
absl::StatusOr<Edtf> Parse(absl::string_view text, ParseError* error = nullptr);

// Reads one full, certain day, `2012-06-18`, as `valid_at` and windows want it. Errors as above.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text, ParseError* error = nullptr);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_EDTF_PARSER_H_
