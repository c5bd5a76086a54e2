#ifndef CHANCERY_SERVICES_RESOURCE_REPLY_H_
#define CHANCERY_SERVICES_RESOURCE_REPLY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "grpcpp/support/slice.h"
#include "services/resource/context.h"
#include "storage/read_view.h"

// Replies put together from stored bytes. A record is served as it lies in the store with its
// output-only fields appended: protobuf takes fields in any order, so nothing is parsed or encoded
// again. The field numbers are the contract's (the same for every kind; a test compares them with
// the descriptors).

namespace chancery::resource {

// The output-only fields of one version, serialised.
std::string OutputFields(const Context& context, absl::string_view name,
                         const storage::Version& version);

// A record as a whole reply.
grpc::Slice RecordReply(const Context& context, absl::string_view name,
                        const storage::Version& version);

// Builds the reply of a List, BatchGet or BatchCreate: {1: repeated record, 2: next_page_token}.
class ListReply {
 public:
  void AddRecord(const Context& context, absl::string_view name, const storage::Version& version);
  // An element that is serialised already.
  void AddMessage(absl::string_view bytes) { AddBytes(1, bytes); }
  void SetNextPageToken(absl::string_view token) { AddBytes(2, token); }
  size_t bytes() const { return bytes_.size(); }
  grpc::Slice Release();

 private:
  void AddBytes(int field, absl::string_view bytes);

  std::string bytes_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_REPLY_H_
