#ifndef CHANCERY_SERVICES_AGREEMENTS_STATISTIC_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_STATISTIC_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// How statistics are kept and found.
const resource::ResourceSpec& StatisticSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_STATISTIC_SPEC_H_
