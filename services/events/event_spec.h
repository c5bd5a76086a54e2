#ifndef CHANCERY_SERVICES_EVENTS_EVENT_SPEC_H_
#define CHANCERY_SERVICES_EVENTS_EVENT_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::events {

// How events are kept and found.
const resource::ResourceSpec& EventSpec();

}  // namespace chancery::events

#endif  // CHANCERY_SERVICES_EVENTS_EVENT_SPEC_H_
