#ifndef CHANCERY_SERVICES_PEOPLE_PERSON_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_PERSON_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How people are kept and found.
const resource::ResourceSpec& PersonSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_PERSON_SPEC_H_
