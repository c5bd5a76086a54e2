#ifndef CHANCERY_GATEWAY_DOSSIER_CONTACTS_H_
#define CHANCERY_GATEWAY_DOSSIER_CONTACTS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/directory.h"

namespace chancery::gateway::dossier {

// Events between two states: those in which to look for contacts.
struct PairEvents {
  std::string state;
  std::string other_state;
  std::vector<events::v1::Event> events;
};

// Adds the records that tell for whom those who took part were there.
void AddReferences(const PairEvents& pair, const Directory& directory, NameSet& names);

// Who of the one state took part in the same events as who of the other: people, and posts whose
// holder is not named. An event counts once for each two, whatever else it was part of; groups,
// sides and organisations meet nobody, and neither does who was only expected. Latest contact
// first, undated ones last; two people have one row for each pair of states. `complete` says
// whether these are all events that there are.
std::vector<v1::Contact> CountContacts(const std::vector<PairEvents>& pairs,
                                       const Directory& directory, bool complete);

// Puts in the names that contacts show; AddReferences adds the records that they need.
void AddReferences(const v1::Contact& contact, NameSet& names);
void SetNames(const Directory& directory, absl::CivilDay valid_at, v1::Contact& contact);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_CONTACTS_H_
