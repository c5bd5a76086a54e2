#ifndef CHANCERY_GATEWAY_RPC_RECORDS_H_
#define CHANCERY_GATEWAY_RPC_RECORDS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/rpc/collections.h"
#include "gateway/rpc/environment.h"
#include "gateway/upstream/backend.h"
#include "google/protobuf/message.h"
#include "services/serving/call.h"

// What import, export and restore share.

namespace chancery::gateway::rpc {

// The kind of a name. RESOURCE_NAME_INVALID with the nearest names if there is none.
absl::StatusOr<const Collection*> CollectionNamed(const Collections& collections,
                                                  absl::string_view name);

// A new record of a kind.
std::unique_ptr<google::protobuf::Message> NewRecord(const Collection& collection);

// For calls to services that help to answer `call`: all the time that it has.
upstream::CallOptions OptionsFor(const Environment& environment, const serving::Call& call);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_RECORDS_H_
