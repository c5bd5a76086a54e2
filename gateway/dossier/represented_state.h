#ifndef CHANCERY_GATEWAY_DOSSIER_REPRESENTED_STATE_H_
#define CHANCERY_GATEWAY_DOSSIER_REPRESENTED_STATE_H_

#include <string>

#include "chancery/types/v1/participant.pb.h"
#include "gateway/dossier/directory.h"

namespace chancery::gateway::dossier {

// Whether a participant was there: not who was only expected, nor who is there as a rule.
bool TookPart(const types::v1::Participant& participant);

// The state for which a participant took part: the one represented, else that of the side, the
// capacity, post or organisation. Empty if it can not be told, or not yet.
std::string RepresentedState(const types::v1::Participant& participant, const Directory& directory);

// Adds the records that RepresentedState() needs.
void AddStateReferences(const types::v1::Participant& participant, const Directory& directory,
                        NameSet& names);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_REPRESENTED_STATE_H_
