#ifndef CHANCERY_SERVICES_PEOPLE_POST_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_POST_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How posts are kept and found.
const resource::ResourceSpec& PostSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_POST_SPEC_H_
