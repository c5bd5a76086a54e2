#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/records/json_record.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/error.h"

namespace chancery::gateway::records {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What is to be done to a message of one type.
struct Plan {
  std::vector<const FieldDescriptor*> computed;
  std::vector<const FieldDescriptor*> messages;  // that may hold computed fields
};

std::unique_ptr<Plan> MakePlan(const Descriptor& type) {
  auto plan = std::make_unique<Plan>();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (IsComputed(*field)) {
      plan->computed.push_back(field);
    } else if (field->message_type() != nullptr) {
      plan->messages.push_back(field);
    }
  }
  return plan;
}

// Made once for each type; never freed.
const Plan& PlanOf(const Descriptor* type) {
  static auto& mutex = *new std::mutex;
  static auto& plans = *new std::map<const Descriptor*, std::unique_ptr<Plan>>;
  std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<Plan>& plan = plans[type];
  if (plan == nullptr) plan = MakePlan(*type);
  return *plan;
}

}  // namespace

bool IsComputed(const FieldDescriptor& field) {
  if (field.name() == "etag") return true;
  for (const int behavior : field.options().GetRepeatedExtension(google::api::field_behavior)) {
    if (behavior == google::api::OUTPUT_ONLY) return true;
  }
  return false;
}

void ClearComputed(Message& message) {
  const Plan& plan = PlanOf(message.GetDescriptor());
  const auto& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : plan.computed) reflection.ClearField(&message, field);
  for (const FieldDescriptor* field : plan.messages) {
    if (!field->is_repeated()) {
      if (reflection.HasField(message, field)) {
        ClearComputed(*reflection.MutableMessage(&message, field));
      }
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      ClearComputed(*reflection.MutableRepeatedMessage(&message, field, i));
    }
  }
}

absl::StatusOr<std::string> WriteJson(const Message& message) {
  std::string line;
  if (google::protobuf::util::MessageToJsonString(message, &line).ok()) return line;
  return errors::Error(
      types::v1::INTERNAL_FAULT,
      absl::StrCat("a ", message.GetDescriptor()->full_name(), " that can not be written as JSON"));
}

}  // namespace chancery::gateway::records
