#ifndef CHANCERY_SERVICES_PEOPLE_ORGANIZATION_SPEC_H_
#define CHANCERY_SERVICES_PEOPLE_ORGANIZATION_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::people {

// How organizations are kept and found.
const resource::ResourceSpec& OrganizationSpec();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_ORGANIZATION_SPEC_H_
