#ifndef CHANCERY_SERVICES_AGREEMENTS_RESOLVE_CITATIONS_H_
#define CHANCERY_SERVICES_AGREEMENTS_RESOLVE_CITATIONS_H_

#include "chancery/agreements/v1/citation_requests.pb.h"
#include "services/resource/context.h"
#include "services/serving/call.h"

namespace chancery::agreements {

// Answers ResolveCitations. BATCH_TOO_LARGE over 500 citations, RESPONSE_TOO_LARGE where their
// words do not fit into a reply. Where the index of segments does not reach back to the moment
// asked for, no segments are named.
void AnswerResolveCitations(const resource::Context& context, v1::ResolveCitationsRequest request,
                            serving::Call call);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_RESOLVE_CITATIONS_H_
