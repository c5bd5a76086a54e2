#ifndef CHANCERY_SERVICES_PEOPLE_PLACE_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_PLACE_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How places are kept and found.
const resource::ResourceSpec& PlaceSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_PLACE_SPEC_H_
