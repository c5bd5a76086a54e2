#ifndef CHANCERY_SERVICES_CHRONOLOGY_WINDOW_PARSER_H_
#define CHANCERY_SERVICES_CHRONOLOGY_WINDOW_PARSER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/chronology/edtf_parser.h"
#include "services/chronology/window.h"

namespace chancery::chronology {

// Reads the days that a question is about. They are written in EDTF, but what stands there is not a
// date that is known roughly: it is all the days that it covers.
//
//   2009-05-12               that day
//   2009-05, 2009, 200X      all days of the month, the year, the ten years
//   2009-05-10/2009-05-20    from the first to the last
//   2009/2011                from 2009-01-01 to 2011-12-31
//   2007/.., ../2007         from then on; up to then
//
// INVALID_ARGUMENT, and the rule `window` in `*error`, for what leaves open which days are meant
// (doubts, sets, seasons, unknown ends) and for years outside 0001 to 9999. Errors of the text
// itself as Parse() gives them.
absl::StatusOr<Window> ParseWindow(absl::string_view text, ParseError* error = nullptr);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_WINDOW_PARSER_H_
