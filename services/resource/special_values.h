#ifndef CHANCERY_SERVICES_RESOURCE_SPECIAL_VALUES_H_
#define CHANCERY_SERVICES_RESOURCE_SPECIAL_VALUES_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/date.pb.h"
#include "services/chronology/compare.h"

// The message types with rules of their own: dates and citations. `path` makes the path of the
// value for an error.

namespace chancery::resource {

// Checks the EDTF, brings it into canonical form and computes bounds and shape. DATE_INVALID with
// the place in the text where it stops being a date, or for a date outside the years 0001 to 9999,
// whose bounds could not be told.
absl::Status PrepareDate(types::v1::Date& date, absl::FunctionRef<std::string()> path);

// Checks span and digests; computes the slice's digest from `exact`, or compares the two
// (CITATION_MISMATCH), and forgets `exact`.
absl::Status PrepareCitation(types::v1::Citation& citation, absl::FunctionRef<std::string()> path);

// A date's place in the order (earliest, latest), undated last.
using TimeKey = chronology::SortKey;
using chronology::kUndated;

// `date` must have been prepared.
TimeKey TimeKeyOf(const types::v1::Date& date);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_SPECIAL_VALUES_H_
