#ifndef CHANCERY_SERVICES_RESOURCE_ANY_RECORD_H_
#define CHANCERY_SERVICES_RESOURCE_ANY_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/records_service.pb.h"
#include "google/protobuf/message.h"
#include "services/resource/context.h"
#include "services/resource/resource_spec.h"
#include "services/resource/writer.h"

// Records whose kind is said by their name.

namespace chancery::resource {

// A record with what its kind is.
struct KnownRecord {
  const ResourceSpec* spec = nullptr;
  std::string name;
  MessagePtr record;
};

// The spec of a name's kind; null if the service has none such.
const ResourceSpec* SpecOf(const Context& context, absl::string_view name);

// The bytes that the store keeps of a record: the same for equal ones.
std::string StoredBytes(const google::protobuf::Message& record);

// Reads a record, prepares it (annotations.h) and settles its accounts (accounts.h) as a Create
// does. RESOURCE_NAME_INVALID unless the name is one of a kind of this service, REQUEST_UNDECODABLE
// if the bytes are no such message, RECORD_TOO_LARGE, and all that those refuse.
absl::StatusOr<KnownRecord> ReadAnyRecord(const Context& context,
                                          const types::v1::AnyRecord& bytes);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_ANY_RECORD_H_
