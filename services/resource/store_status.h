#ifndef CHANCERY_SERVICES_RESOURCE_STORE_STATUS_H_
#define CHANCERY_SERVICES_RESOURCE_STORE_STATUS_H_

#include "chancery/types/v1/status.pb.h"
#include "services/resource/context.h"
#include "services/serving/call.h"

namespace chancery::resource {

// Answers GetStoreStatus: on the spot, or on the executor where everything has to be read.
void AnswerStoreStatus(const Context& context, const types::v1::GetStoreStatusRequest& request,
                       serving::Call call);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_STORE_STATUS_H_
