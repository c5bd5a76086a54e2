#ifndef CHANCERY_SERVICES_AGREEMENTS_PROGRAMME_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_PROGRAMME_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How programmes are kept and found.
const resource::ResourceSpec& ProgrammeSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_PROGRAMME_SPEC_H_
