#ifndef CHANCERY_GATEWAY_DOSSIER_EVENT_WINDOW_H_
#define CHANCERY_GATEWAY_DOSSIER_EVENT_WINDOW_H_

#include "chancery/events/v1/event.pb.h"
#include "chancery/types/v1/read.pb.h"
#include "services/chronology/window.h"

namespace chancery::gateway::dossier {

// The days that a timeline is asked for, and how.
struct EventWindow {
  chronology::Window days;
  chronology::WindowMode mode = chronology::WindowMode::kOverlaps;
};

// Whether the event lies in the window under every reading of its date, or under some; unspecified
// if under none. One that goes on without an end is held to have lasted until the as-of of its
// citations, as the service that keeps it has it.
types::v1::Certainty CertaintyIn(const EventWindow& window, const events::v1::Event& event);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_EVENT_WINDOW_H_
