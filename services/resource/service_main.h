#ifndef CHANCERY_SERVICES_RESOURCE_SERVICE_MAIN_H_
#define CHANCERY_SERVICES_RESOURCE_SERVICE_MAIN_H_

#include "services/resource/service_host.h"

namespace chancery::resource {

// The whole of a separate service process: flags, store, server, drain. Returns the exit code:
// 0 after SIGTERM or SIGINT, 2 for wrong flags, 3 where the store or the address can not be had,
// 65 where acknowledged data is missing, 74 where the store failed while serving.
int ServiceMain(const ServiceDefinition& definition, int argc, char** argv);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_SERVICE_MAIN_H_
