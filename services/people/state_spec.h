#ifndef CHANCERY_SERVICES_PEOPLE_STATE_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_STATE_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How states are kept and found.
const resource::ResourceSpec& StateSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_STATE_SPEC_H_
