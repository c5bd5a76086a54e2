#ifndef CHANCERY_GATEWAY_RPC_DOSSIER_PAGE_H_
#define CHANCERY_GATEWAY_RPC_DOSSIER_PAGE_H_

#include "absl/status/statusor.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/rpc/moment.h"
#include "gateway/rpc/page.h"

namespace chancery::gateway::rpc {

// The request whose next page a dossier's timeline token is for.
v1::ListTimelineRequest TimelineAfter(const v1::GetDossierRequest& request);

// Where a dossier begins, or, with a page token, the one section that goes on; see StartOf(). A
// timeline's token is ListTimeline's.
absl::StatusOr<PageStart> StartOfDossier(const v1::GetDossierRequest& request,
                                         const Present& present);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_DOSSIER_PAGE_H_
