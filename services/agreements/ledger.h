#ifndef CHANCERY_SERVICES_AGREEMENTS_LEDGER_H_
#define CHANCERY_SERVICES_AGREEMENTS_LEDGER_H_

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/agreement_status.pb.h"

namespace chancery::agreements {

// The status of an agreement on a day, overall and for each party, as it follows from its acts:
//
//   - An act counts from its day on. One whose date may lie before the day or after it leaves both
//     possible, and so does one without a date.
//   - The stages are initialled, adopted, signed or concluded, applied provisionally, in force. The
//     furthest that was certainly reached is the least that the status is. A later stage is
//     excluded if its acts are recorded and all lie after the day; where none is recorded,
//     signature and entry into force stay possible. That it was not concluded by then a source can
//     say as well.
//   - A stage lasts: what ends or suspends it is an act. A bilateral agreement ends with the
//     departure of a party.
//   - A political instrument is ADOPTED from its adoption, signature or conclusion on; it never is
//     IN_FORCE. One of which the record does not say whether it binds counts as binding if it has
//     an act that only binding ones have (entry into force, consent to be bound), else both are
//     possible.
//   - A party that withdrew its consent is a signatory again if it signed; one that left is a
//   former
//     party. An entry into force for all makes parties of those that consented or, where no consent
//     of a single party is recorded, of all.
//
// Pure. Dates must have been prepared.
v1::AgreementStatus StatusOn(const v1::Agreement& agreement, absl::CivilDay day);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_LEDGER_H_
