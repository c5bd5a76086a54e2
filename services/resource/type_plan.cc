#include "services/resource/type_plan.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "absl/strings/match.h"
#include "chancery/types/v1/verbatim.pb.h"
#include "google/api/field_info.pb.h"
#include "google/api/resource.pb.h"
#include "services/resource/field_behavior.h"

namespace chancery::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Plans = std::unordered_map<const Descriptor*, std::unique_ptr<TypePlan>>;

TypePlan* PlanType(const Descriptor* type, Plans& plans);

FieldPlan PlanField(const FieldDescriptor* field, Plans& plans) {
  FieldPlan plan{.field = field};
  plan.required = Behaves(field, google::api::REQUIRED);
  plan.output_only = Behaves(field, google::api::OUTPUT_ONLY);
  plan.immutable = Behaves(field, google::api::IMMUTABLE);
  plan.verbatim = field->options().GetExtension(types::v1::verbatim);
  plan.uuid4 = field->options().GetExtension(google::api::field_info).format() ==
               google::api::FieldInfo::UUID4;
  if (field->options().HasExtension(google::api::resource_reference)) {
    plan.reference = true;
    plan.target =
        FindKindByType(field->options().GetExtension(google::api::resource_reference).type());
  }
  const Descriptor* owner = field->containing_type();
  plan.element_id = field->name() == "id" && field->number() == 1;
  plan.partial = absl::EndsWith(owner->name(), "Account") && field->name() == "value";
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    plan.child = PlanType(field->message_type(), plans);
  }
  plan.leads_to_reference = plan.reference || (plan.child != nullptr && plan.child->has_references);
  plan.leads_to_citation = plan.child != nullptr && plan.child->has_citations;
  return plan;
}

TypePlan* PlanType(const Descriptor* type, Plans& plans) {
  auto& plan = plans[type];
  if (plan != nullptr) return plan.get();
  plan = std::make_unique<TypePlan>();
  TypePlan* made = plan.get();  // `plan` may move while children are planned
  if (type->full_name() == "chancery.types.v1.Date") made->special = TypePlan::Special::kDate;
  if (type->full_name() == "chancery.types.v1.Citation") {
    made->special = TypePlan::Special::kCitation;
  }
  if (const FieldDescriptor* first = type->FindFieldByNumber(1);
      first != nullptr && first->name() == "id") {
    made->id = first;
  }
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldPlan& field = made->fields.emplace_back(PlanField(type->field(i), plans));
    if (field.required) made->required.push_back(field.field);
    if (field.output_only) made->output_only.push_back(field.field);
  }
  made->has_references =
      std::any_of(made->fields.begin(), made->fields.end(),
                  [](const FieldPlan& field) { return field.leads_to_reference; });
  made->has_citations = made->special == TypePlan::Special::kCitation ||
                        std::any_of(made->fields.begin(), made->fields.end(),
                                    [](const FieldPlan& field) { return field.leads_to_citation; });
  return made;
}

}  // namespace

const TypePlan& PlanOf(const Descriptor* type) {
  static std::mutex mutex;
  static Plans* const plans = new Plans;
  std::lock_guard<std::mutex> lock(mutex);
  return *PlanType(type, *plans);
}

}  // namespace chancery::resource
