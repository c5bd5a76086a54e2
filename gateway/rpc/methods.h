#ifndef CHANCERY_GATEWAY_RPC_METHODS_H_
#define CHANCERY_GATEWAY_RPC_METHODS_H_

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/rpc/environment.h"
#include "services/serving/call.h"

// The gateway's own methods, one source file each. They answer the call themselves, from whichever
// thread the last reply arrives on, and never block. What a service could not give is missing and
// named in `unreachable`; an error is only for requests that are wrong.

namespace chancery::gateway::rpc {

void GetDossier(const Environment& environment, v1::GetDossierRequest request, serving::Call call);

void ListTimeline(const Environment& environment, v1::ListTimelineRequest request,
                  serving::Call call);

void ListEncounters(const Environment& environment, v1::ListEncountersRequest request,
                    serving::Call call);

void ListOfficeHolders(const Environment& environment, v1::ListOfficeHoldersRequest request,
                       serving::Call call);

void GetSourceCoverage(const Environment& environment, v1::GetSourceCoverageRequest request,
                       serving::Call call);

void GetRegisterStatus(const Environment& environment, v1::GetRegisterStatusRequest request,
                       serving::Call call);

// The four that carry records as lines. They answer wholly or not at all: an export with a hole in
// it would pass for the register.
void ImportRecords(const Environment& environment, v1::ImportRecordsRequest request,
                   serving::Call call);
void ExportRecords(const Environment& environment, v1::ExportRecordsRequest request,
                   serving::Call call);
void ExportHistory(const Environment& environment, v1::ExportHistoryRequest request,
                   serving::Call call);
void RestoreHistory(const Environment& environment, v1::RestoreHistoryRequest request,
                    serving::Call call);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_METHODS_H_
