#ifndef CHANCERY_SERVICES_EVENTS_SERIES_SPEC_H_
#define CHANCERY_SERVICES_EVENTS_SERIES_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::events {

// How series are kept and found.
const resource::ResourceSpec& SeriesSpec();

}  // namespace chancery::events

#endif  // CHANCERY_SERVICES_EVENTS_SERIES_SPEC_H_
