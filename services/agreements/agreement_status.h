#ifndef CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_STATUS_H_
#define CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_STATUS_H_

#include "chancery/agreements/v1/agreement_status.pb.h"
#include "services/resource/context.h"
#include "services/serving/call.h"

namespace chancery::agreements {

// Answer GetAgreementStatus and BatchGetAgreementStatuses by ledger.h. RESOURCE_NOT_FOUND if there
// is no such agreement, a deleted one included: what is retracted has no status. VALID_AT_INVALID
// if `valid_at` is no day, BATCH_TOO_LARGE over 100 names, RESPONSE_TOO_LARGE where the statuses do
// not fit into a reply.
void AnswerAgreementStatus(const resource::Context& context, v1::GetAgreementStatusRequest request,
                           serving::Call call);
void AnswerAgreementStatuses(const resource::Context& context,
                             v1::BatchGetAgreementStatusesRequest request, serving::Call call);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_AGREEMENT_STATUS_H_
