#ifndef CHANCERY_SERVICES_RESOURCE_COMMIT_CHECKS_H_
#define CHANCERY_SERVICES_RESOURCE_COMMIT_CHECKS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/resource/context.h"
#include "services/resource/resource_spec.h"
#include "storage/sequencer.h"

// The checks of a write that need the store: made on the sequencer's thread, against what is
// committed and what precedes in the same group.

namespace chancery::resource {

// REFERENCE_NOT_FOUND if a reference to a kind of this service leads nowhere; a deleted target is
// there. `arriving` are the names that the same mutation writes. Other services' kinds are the
// gateway's to check.
absl::Status CheckReferences(const Context& context, storage::Transaction& transaction,
                             const google::protobuf::Message& record,
                             const std::set<std::string>& arriving);

// PARENT_CYCLE if following the spec's parent field from `record`, as written by the transaction,
// leads back to it.
absl::Status CheckNoCycle(const ResourceSpec& spec, storage::Transaction& transaction,
                          const std::string& name, const google::protobuf::Message& record);

// What the kind itself demands (ResourceSpec::check), whichever way the write comes in.
absl::Status CheckKind(const ResourceSpec& spec, storage::Transaction& transaction,
                       const google::protobuf::Message* before,
                       const google::protobuf::Message* after);

// ETAG_MISMATCH unless `etag` is empty or that of the revision.
absl::Status CheckEtag(const Context& context, const std::string& name, uint64_t seq,
                       absl::string_view etag);

// FIELD_IMMUTABLE if an account of the version before is gone: accounts are deprecated, never
// dropped.
absl::Status CheckAccountsKept(const google::protobuf::Message& before,
                               const google::protobuf::Message& after);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_COMMIT_CHECKS_H_
