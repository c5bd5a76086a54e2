#ifndef CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_
#define CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_

#include "absl/time/civil_time.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/dossier/merge.h"

namespace chancery::gateway::dossier {

// Where an event stands in a timeline.
ListKey KeyOf(const events::v1::Event& event);

// Adds the records that an entry shows besides the event: those who took part with their posts,
// what they represent, the events around it, its series.
void AddReferences(const events::v1::Event& event, NameSet& names);

// Adds the states and organisations that are known only once the event's own references are at
// hand: whose posts they are.
void AddFurtherReferences(const events::v1::Event& event, const Directory& directory,
                          NameSet& names);

// Makes an event readable. Names are those of `valid_at`; titles of posts are those of the day of
// the event, if it has one. A participant's state is the one represented, else that of the capacity
// or post in which the participant acted.
v1::TimelineEntry MakeEntry(events::v1::Event event, const Directory& directory,
                            absl::CivilDay valid_at);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_
