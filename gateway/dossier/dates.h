#ifndef CHANCERY_GATEWAY_DOSSIER_DATES_H_
#define CHANCERY_GATEWAY_DOSSIER_DATES_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "chancery/types/v1/date.pb.h"
#include "services/chronology/compare.h"
#include "services/chronology/edtf.h"

// Dates of records as chronology knows them. Records hold none that it can not read; should one be
// met all the same, it counts as not stated.

namespace chancery::gateway::dossier {

std::optional<chronology::Edtf> Read(const types::v1::Date& date);

// Where the date stands in lists; undated if it is not stated.
chronology::SortKey SortKeyOf(const types::v1::Date& date);

// Whether it can have been valid on `day`; what is not dated always can.
bool MayBeValid(const types::v1::Date& valid, absl::CivilDay day);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_DATES_H_
