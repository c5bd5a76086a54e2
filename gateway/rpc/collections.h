#ifndef CHANCERY_GATEWAY_RPC_COLLECTIONS_H_
#define CHANCERY_GATEWAY_RPC_COLLECTIONS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gateway/upstream/backends.h"
#include "google/protobuf/descriptor.h"

namespace chancery::gateway::rpc {

// A kind of records: who has it and how to ask for several by name.
struct Collection {
  upstream::Backend* owner;
  std::string type;  // "people.chancery.dev/Person"
  const google::protobuf::MethodDescriptor* batch_get;
  const google::protobuf::MethodDescriptor* list;
};

// The kinds of records by the first part of their names ("people" in "people/noda"), read from the
// contract: a service has a BatchGet method for each of its kinds, whose reply has messages of that
// kind, whose name pattern begins with the collection.
class Collections {
 public:
  explicit Collections(upstream::Backends& backends);

  // Null for names of no kind that is known.
  const Collection* Of(absl::string_view resource_name) const;

  // All of them, sorted.
  std::vector<std::string> Names() const;

  // Those whose records have citations, in the order of their names.
  std::vector<const Collection*> Citing() const;

 private:
  absl::flat_hash_map<std::string, Collection> collections_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_COLLECTIONS_H_
