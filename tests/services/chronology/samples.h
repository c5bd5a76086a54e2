#ifndef CHANCERY_TESTS_SERVICES_CHRONOLOGY_SAMPLES_H_
#define CHANCERY_TESTS_SERVICES_CHRONOLOGY_SAMPLES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "rapidcheck.h"
#include "services/chronology/day_number.h"
#include "services/chronology/edtf.h"

namespace chancery::chronology {

// The date that the text is; the test ends if it is none.
Edtf Date(absl::string_view text);
absl::CivilDay Day(absl::string_view text);

// "2009-05-01", or "" for no bound.
std::string Text(std::optional<absl::CivilDay> day);

// Dates of every form that the parser accepts, with years from `first` to `last`.
rc::Gen<Edtf> AnyEdtf(int first, int last);

// One thing that a date may mean: the days that it covers, as stretches in ascending order. One,
// but for a set of all, which has one for each member.
struct Stretch {
  DayNumber start;
  DayNumber end;
};
using Reading = std::vector<Stretch>;

bool Touches(const Reading& reading, DayNumber from, DayNumber to);
bool LiesWithin(const Reading& reading, DayNumber from, DayNumber to);
bool ShareDay(const Reading& a, const Reading& b);

// Readings taken from what is written, independently of Extent. An open side goes a hundred years
// on at most.
rc::Gen<Reading> AnyReading(const Edtf& date);

}  // namespace chancery::chronology

#endif  // CHANCERY_TESTS_SERVICES_CHRONOLOGY_SAMPLES_H_
