#ifndef CHANCERY_SERVICES_RESOURCE_TYPE_PLAN_H_
#define CHANCERY_SERVICES_RESOURCE_TYPE_PLAN_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/resource/catalog.h"

namespace chancery::resource {

struct TypePlan;

// What the annotations say about one field.
struct FieldPlan {
  const google::protobuf::FieldDescriptor* field;
  bool required = false;
  bool output_only = false;
  bool immutable = false;
  bool uuid4 = false;
  // A reference, to `target` or, if that is null, to any kind.
  bool reference = false;
  const Kind* target = nullptr;
  // A text that is kept as it was sent.
  bool verbatim = false;
  // The element id of a repeated message.
  bool element_id = false;
  // The value of an account: partial by nature.
  bool partial = false;
  // The plan of a message field; null for scalars.
  const TypePlan* child = nullptr;
  // Whether references stand in it or may stand below it.
  bool leads_to_reference = false;
  // The same for citations.
  bool leads_to_citation = false;
};

// What the annotations say about one message type. Made once per type, never freed.
struct TypePlan {
  enum class Special { kNone, kDate, kCitation };

  Special special = Special::kNone;
  // Whether elements of this type in a list have ids.
  const google::protobuf::FieldDescriptor* id = nullptr;
  std::vector<FieldPlan> fields;  // by their index in the type
  // Of these, the ones to look at where they are not set, too.
  std::vector<const google::protobuf::FieldDescriptor*> required;
  std::vector<const google::protobuf::FieldDescriptor*> output_only;
  // True from the start for a type that is being planned: it may contain itself.
  bool has_references = true;
  // The same for citations; a citation has one, itself.
  bool has_citations = true;
};

// Thread-safe.
const TypePlan& PlanOf(const google::protobuf::Descriptor* type);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_TYPE_PLAN_H_
