#ifndef CHANCERY_GATEWAY_DOSSIER_AGREEMENT_LIST_H_
#define CHANCERY_GATEWAY_DOSSIER_AGREEMENT_LIST_H_

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/dossier/merge.h"

namespace chancery::gateway::dossier {

// Where an agreement stands in a list: by its first act.
ListKey KeyOf(const agreements::v1::Agreement& agreement);

// Adds the records that an entry shows besides the agreement: parties and matters.
void AddReferences(const agreements::v1::Agreement& agreement, NameSet& names);

// Makes an agreement readable. Its title is its name, else its subject, else its id. Matters that
// are not at hand are left out; the agreement itself still names them.
v1::AgreementEntry MakeEntry(agreements::v1::Agreement agreement, const Directory& directory,
                             absl::CivilDay valid_at);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_AGREEMENT_LIST_H_
