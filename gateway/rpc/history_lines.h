#ifndef CHANCERY_GATEWAY_RPC_HISTORY_LINES_H_
#define CHANCERY_GATEWAY_RPC_HISTORY_LINES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chancery/types/v1/records_service.pb.h"
#include "gateway/rpc/collections.h"
#include "google/protobuf/message.h"

// Changes as lines of an exported history, and back.

namespace chancery::gateway::rpc {

// The record of a service's bytes. INTERNAL_FAULT if they are no record of its kind.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> RecordOf(
    const Collections& collections, const types::v1::AnyRecord& bytes);

// A line for each record that the change wrote.
absl::StatusOr<std::vector<std::string>> HistoryLines(const Collections& collections,
                                                      const types::v1::Change& change);

// A line, read.
struct HistoryEntry {
  const Collection* collection = nullptr;
  // With the one record of the line.
  types::v1::Change change;
};

// REQUEST_UNDECODABLE, FIELD_INVALID or RESOURCE_NAME_INVALID where it is none.
absl::StatusOr<HistoryEntry> ReadHistoryLine(const Collections& collections,
                                             const std::string& line);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_HISTORY_LINES_H_
