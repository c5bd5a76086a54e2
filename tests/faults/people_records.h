#ifndef CHANCERY_TESTS_FAULTS_PEOPLE_RECORDS_H_
#define CHANCERY_TESTS_FAULTS_PEOPLE_RECORDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/faults/ledger.h"
#include "tests/support/caller.h"

// The ledger's writes as calls of the people service: a record is a person, its value a name.

namespace chancery::faults {

// UpdatePerson, which creates the person if there is none.
absl::Status Submit(testing::Caller& caller, const Write& write);

// All revisions of all people, by ListPeople and ListPersonRevisions.
absl::StatusOr<Held> ReadAll(testing::Caller& caller);

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_PEOPLE_RECORDS_H_
