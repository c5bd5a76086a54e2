#ifndef CHANCERY_SERVICES_AGREEMENTS_SOURCE_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_SOURCE_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How sources are kept and found.
const resource::ResourceSpec& SourceSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_SOURCE_SPEC_H_
