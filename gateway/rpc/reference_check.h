#ifndef CHANCERY_GATEWAY_RPC_REFERENCE_CHECK_H_
#define CHANCERY_GATEWAY_RPC_REFERENCE_CHECK_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "gateway/rpc/environment.h"
#include "gateway/upstream/backend.h"
#include "google/protobuf/message.h"

namespace chancery::gateway::rpc {

// Asks the other services whether the records that a mutation for `target` refers to exist; deleted
// ones do. References to records of `target` itself are its own business, and so is text that is no
// name of any known kind. Asks as well whether the citations in it are what the texts of their
// sources say, as far as those are loaded; the agreements service sees to its own.
//
//   REFERENCE_NOT_FOUND  metadata `field` and `value` of the first that does not exist
//   CITATION_MISMATCH    metadata `field`, `source` and `rule` of the first that is not
//   SERVICE_UNREACHABLE  metadata `service`: its owner did not say, so the write must not happen
void CheckReferences(const google::protobuf::Message& request, const upstream::Backend& target,
                     const Environment& environment, const upstream::CallOptions& options,
                     absl::AnyInvocable<void(absl::Status)> done);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_REFERENCE_CHECK_H_
