#ifndef CHANCERY_SERVICES_RESOURCE_REQUEST_DIGEST_H_
#define CHANCERY_SERVICES_RESOURCE_REQUEST_DIGEST_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/serving/call.h"

namespace chancery::resource {

// SHA-256 of a request's type and content: what a page token is bound to.
std::string RequestDigest(const google::protobuf::Message& request);

// SHA-256 of a call's method and bytes: what a request id is bound to.
std::string CallDigest(const serving::Call& call);

// BATCH_TOO_LARGE over storage's limits.
absl::Status CheckBatchSize(int count, size_t bytes);

// Prepares the i-th request of a batch; errors carry the position as metadata `index`.
// `has_options`: whether it says for itself what the batch says for all, which is FIELD_INVALID.
absl::Status PrepareElement(google::protobuf::Message& request, bool has_options, int i);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_REQUEST_DIGEST_H_
