#ifndef CHANCERY_SERVICES_PEOPLE_TENURE_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_TENURE_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How tenures are kept and found.
const resource::ResourceSpec& TenureSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_TENURE_SPEC_H_
