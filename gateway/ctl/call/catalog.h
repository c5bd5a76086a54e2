#ifndef CHANCERY_GATEWAY_CTL_CALL_CATALOG_H_
#define CHANCERY_GATEWAY_CTL_CALL_CATALOG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

// The kinds of resources and their methods, read from the linked contract: a new kind in the protos
// is a new kind at the command line.

namespace chancery::ctl {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// One kind of resource. The methods are those that every kind has.
struct Kind {
  std::string collection;  // "people"
  std::string singular;    // "person"
  std::string type;        // "people.chancery.dev/Person"
  const google::protobuf::Descriptor* message = nullptr;
  const google::protobuf::MethodDescriptor* get = nullptr;
  const google::protobuf::MethodDescriptor* list = nullptr;
  const google::protobuf::MethodDescriptor* batch_get = nullptr;
  const google::protobuf::MethodDescriptor* create = nullptr;
  const google::protobuf::MethodDescriptor* update = nullptr;
  const google::protobuf::MethodDescriptor* remove = nullptr;
  const google::protobuf::MethodDescriptor* undelete = nullptr;
  const google::protobuf::MethodDescriptor* batch_create = nullptr;
  const google::protobuf::MethodDescriptor* list_revisions = nullptr;
};

// All kinds, those that are referred to before those that refer to them, as far as that goes: the
// order of an import.
const std::vector<Kind>& Kinds();

// The kind of a type ("people.chancery.dev/Person"); null if there is none.
const Kind* FindKindByType(absl::string_view type);

// The kind by its collection ("people") or singular ("person"). USAGE_INVALID with the nearest
// collections if there is none.
absl::StatusOr<const Kind*> KindCalled(absl::string_view word);

// The kind of a resource name ("people/noda"). USAGE_INVALID if the name has no id or no collection
// that exists.
absl::StatusOr<const Kind*> KindOfName(absl::string_view name);

// Methods that belong to no kind: "GetDossier" of the gateway, "ResolveCitations" of the
// agreements.
const google::protobuf::MethodDescriptor& GatewayMethod(absl::string_view name);
const google::protobuf::MethodDescriptor& AgreementsMethod(absl::string_view name);

// A new message of this generated type.
MessagePtr NewMessage(const google::protobuf::Descriptor* type);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CALL_CATALOG_H_
