#ifndef CHANCERY_GATEWAY_DOSSIER_MATTER_LIST_H_
#define CHANCERY_GATEWAY_DOSSIER_MATTER_LIST_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/matter.pb.h"
#include "chancery/agreements/v1/position.pb.h"
#include "chancery/agreements/v1/statistic.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/directory.h"

// What lists of matters and of statistics say.

namespace chancery::gateway::dossier {

// Adds the records that an entry shows besides the record itself: the states of a matter, the
// holders of a position, what a statistic is about and who is counted.
void AddReferences(const agreements::v1::Matter& matter, NameSet& names);
void AddReferences(const agreements::v1::Position& position, NameSet& names);
void AddReferences(const agreements::v1::Statistic& statistic, NameSet& names);

// Makes a matter readable, with the positions on it; `complete` says whether these are all. Views
// stay with those who hold them: nothing of a position enters the matter.
v1::MatterEntry MakeEntry(agreements::v1::Matter matter,
                          std::vector<agreements::v1::Position> positions, bool complete,
                          const Directory& directory, absl::CivilDay valid_at);

v1::StatisticEntry MakeEntry(agreements::v1::Statistic statistic, const Directory& directory,
                             absl::CivilDay valid_at);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_MATTER_LIST_H_
