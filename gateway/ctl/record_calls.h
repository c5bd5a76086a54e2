#ifndef CHANCERY_GATEWAY_CTL_RECORD_CALLS_H_
#define CHANCERY_GATEWAY_CTL_RECORD_CALLS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/invocation.h"

// Calls about one record that several commands make.

namespace chancery::ctl {

// A record as it was read.
struct KindRecord {
  const Kind* kind = nullptr;
  MessagePtr record;
};

// The record of a name, at a moment, else at the one that the command's flags ask for.
absl::StatusOr<KindRecord> ReadRecordCalled(const Invocation& in, const Client& client,
                                            const std::string& name,
                                            const std::string& moment = "");

// The revisions of a record, newest first; all of them, or until `enough` says so of the last.
absl::StatusOr<std::vector<MessagePtr>> ReadRevisions(
    const Invocation& in, const Client& client, const std::string& name,
    const std::function<bool(const google::protobuf::Message& revision)>& enough);

// Updates what the paths name, only if the record has still the etag that it was read with (or that
// of --etag), with the flags of a write. Returns the record as it is then.
absl::StatusOr<MessagePtr> ReviseRecord(const Invocation& in, const Client& client,
                                        const KindRecord& changed,
                                        const std::vector<std::string>& paths);

// An error after which the write may have been done says how to find out.
absl::Status Repeatable(const absl::Status& status, const std::string& request_id);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_RECORD_CALLS_H_
