#ifndef CHANCERY_SERVICES_RESOURCE_RECORDS_METHODS_H_
#define CHANCERY_SERVICES_RESOURCE_RECORDS_METHODS_H_

#include "chancery/types/v1/records_service.pb.h"
#include "services/resource/context.h"
#include "services/serving/call.h"
#include "services/serving/rpc_service.h"

// The methods of chancery.types.v1.RecordsService, which every service serves for the gateway's
// import and export: of all kinds at once. Each answers its call; reading goes to the executor.

namespace chancery::resource {

// Serves all of them beside the service's own. `context` must outlive `rpc`.
void ServeRecords(const Context& context, serving::RpcService& rpc);

// take_records.cc
void TakeRecords(const Context& context, types::v1::TakeRecordsRequest request, serving::Call call);

// scan_records.cc
void FindMissing(const Context& context, const types::v1::FindMissingRequest& request,
                 serving::Call call);
void ScanRecords(const Context& context, const types::v1::ScanRecordsRequest& request,
                 serving::Call call);

// changes.cc
void ListChanges(const Context& context, const types::v1::ListChangesRequest& request,
                 serving::Call call);
void RestoreChanges(const Context& context, types::v1::RestoreChangesRequest request,
                    serving::Call call);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_RECORDS_METHODS_H_
