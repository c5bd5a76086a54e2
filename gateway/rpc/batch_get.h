#ifndef CHANCERY_GATEWAY_RPC_BATCH_GET_H_
#define CHANCERY_GATEWAY_RPC_BATCH_GET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/rpc/collections.h"
#include "gateway/upstream/round.h"
#include "google/protobuf/message.h"

namespace chancery::gateway::rpc {

// One question to a BatchGet method, and its answer. All such methods have the same shape: `names`
// and `as_of` in the request, the records as field 1 of the reply.
struct BatchGet {
  const Collection* collection;
  std::vector<std::string> names;
  std::unique_ptr<google::protobuf::Message> request;
  std::unique_ptr<google::protobuf::Message> reply;
  absl::Status status;
  std::string token;

  // The records of an answer, taken out of it.
  std::vector<std::unique_ptr<google::protobuf::Message>> TakeRecords();

  // The name that the service says does not exist, if that is why it failed; else empty.
  std::string NameNotFound() const;
};

// The questions for `names`: by collection, at most as many names in each as a service takes. Names
// of no known kind are left out.
std::vector<std::unique_ptr<BatchGet>> MakeBatchGets(const dossier::NameSet& names,
                                                     const Collections& collections,
                                                     const types::v1::AsOf& as_of);

// Asks them; the answers are in the batches, which must live until the round ends.
void AskAll(const std::vector<std::unique_ptr<BatchGet>>& batches,
            const upstream::CallOptions& options, upstream::Round& round);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_BATCH_GET_H_
