#ifndef CHANCERY_SERVICES_CHRONOLOGY_DATE_UNITS_H_
#define CHANCERY_SERVICES_CHRONOLOGY_DATE_UNITS_H_

#include <cstdint>
#include <vector>

#include "services/chronology/partial_date.h"

namespace chancery::chronology {

// A range in a set of all, `{2009-05..2009-07}`, stands for each of its years, months or days: the
// units in which it is written.

// How many there are from `first` to `last`, both included; 0 if they can not be counted, because
// the two are not of one precision or not plain years, months or days without doubts.
int64_t CountUnits(const PartialDate& first, const PartialDate& last);

// The first day of each, and at the end of the list that of the unit after the last, so that each
// unit ends the day before the next begins. Only where they can be counted.
std::vector<absl::CivilDay> UnitStarts(const PartialDate& first, const PartialDate& last);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_DATE_UNITS_H_
