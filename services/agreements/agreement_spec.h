#ifndef CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How agreements are kept and found.
const resource::ResourceSpec& AgreementSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_SPEC_H_
