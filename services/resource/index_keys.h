#ifndef CHANCERY_SERVICES_RESOURCE_INDEX_KEYS_H_
#define CHANCERY_SERVICES_RESOURCE_INDEX_KEYS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "chancery/types/v1/date.pb.h"
#include "services/chronology/day_number.h"
#include "services/resource/special_values.h"
#include "storage/table_spec.h"

// The keys that list indexes are made of (see ListIndex).

namespace chancery::resource {

// A day as keys have it. Days of records lie in the years 1 to 9999; no bound becomes the least or
// the greatest number.
int32_t DayInKey(chronology::DayNumber day);

// Adds nothing for an empty value: what is not stated is in no index.
void AddKey(absl::string_view value, storage::IndexKeys& keys);
void AddTimedKey(absl::string_view value, TimeKey time, storage::IndexKeys& keys);

// For an index that only orders.
void AddTimeKey(TimeKey time, storage::IndexKeys& keys);

// Adds nothing for an empty value.
void AddSpanKey(absl::string_view value, int32_t start, int32_t end, storage::IndexKeys& keys);

// Whether something with this start and end may have been there on a day: false only if a stated
// bound excludes it.
bool MayInclude(const types::v1::Date& start, const types::v1::Date& end, absl::CivilDay day);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_INDEX_KEYS_H_
