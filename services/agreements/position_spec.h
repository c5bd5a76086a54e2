#ifndef CHANCERY_SERVICES_AGREEMENTS_POSITION_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_POSITION_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How positions are kept and found.
const resource::ResourceSpec& PositionSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_POSITION_SPEC_H_
