#ifndef CHANCERY_SERVICES_RESOURCE_REVISIONS_H_
#define CHANCERY_SERVICES_RESOURCE_REVISIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/support/slice.h"
#include "services/resource/reader.h"

namespace chancery::resource {

// A page of a record's revisions up to `view`, newest first: what the record was, when and why it
// was recorded, and who asked for it. RESOURCE_NOT_FOUND if there is no such record yet.
absl::StatusOr<grpc::Slice> RevisionsPage(const ResourceSpec& spec, const Context& context,
                                          const std::string& parent, const ListQuery& query,
                                          const storage::ReadView& view);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_REVISIONS_H_
