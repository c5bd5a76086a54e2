#ifndef CHANCERY_GATEWAY_DOSSIER_ENCOUNTERS_H_
#define CHANCERY_GATEWAY_DOSSIER_ENCOUNTERS_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/time/civil_time.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/directory.h"

namespace chancery::gateway::dossier {

// The two whose encounters are asked for. Each is a person, a post, in which somebody acts whether
// named or not, or a state, for which somebody is there; a state stands for those that it succeeded
// too, if they are in the set.
struct TwoParties {
  absl::flat_hash_set<std::string> party;
  absl::flat_hash_set<std::string> other_party;
};

// The event as an encounter of the two, if it is one: both took part, as different participants,
// and both really (see TookPart). The directory must have what AddReferences(event) names.
std::optional<v1::Encounter> MakeEncounter(const events::v1::Event& event, const TwoParties& two,
                                           const Directory& directory, absl::CivilDay valid_at);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_ENCOUNTERS_H_
