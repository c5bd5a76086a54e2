#ifndef CHANCERY_SERVICES_AGREEMENTS_PARTY_LEDGER_H_
#define CHANCERY_SERVICES_AGREEMENTS_PARTY_LEDGER_H_

#include <set>

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/agreement_status.pb.h"

namespace chancery::agreements {

// Adds to `status` what each party was to the agreement on the day; see ledger.h. `statuses` is all
// that the agreement as a whole may have been, for the reasons that `status` has already.
void AddParties(const v1::Agreement& agreement, absl::CivilDay day,
                const std::set<v1::AgreementStatus::Status>& statuses, v1::AgreementStatus& status);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_PARTY_LEDGER_H_
