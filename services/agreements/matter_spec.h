#ifndef CHANCERY_SERVICES_AGREEMENTS_MATTER_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_MATTER_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How matters are kept and found.
const resource::ResourceSpec& MatterSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_MATTER_SPEC_H_
