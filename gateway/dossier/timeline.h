#ifndef CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_
#define CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/gateway/v1/passed_on.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/dossier/merge.h"

namespace chancery::gateway::dossier {

// An event of a timeline: as it came, which is how it is passed on, and as it is read here.
struct TimelineEvent {
  std::string bytes;
  events::v1::Event record;
  ListKey key;  // where it stands in the timeline
};

// INTERNAL_FAULT if the bytes are no event.
absl::StatusOr<TimelineEvent> ReadEvent(std::string bytes);

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
v1::PassedEntry MakeEntry(TimelineEvent event, const Directory& directory, absl::CivilDay valid_at);
v1::TimelineEntry MakeEntry(events::v1::Event event, const Directory& directory,
                            absl::CivilDay valid_at);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_TIMELINE_H_
