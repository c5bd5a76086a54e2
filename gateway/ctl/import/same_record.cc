#include "gateway/ctl/import/same_record.h"

#include <memory>
#include <vector>

#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/message_differencer.h"

namespace chancery::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsOutside(const FieldDescriptor& field) {
  if (field.name() == "etag" || field.name() == "origin") return true;
  for (const int behavior : field.options().GetRepeatedExtension(google::api::field_behavior)) {
    if (behavior == google::api::OUTPUT_ONLY || behavior == google::api::INPUT_ONLY) return true;
  }
  return false;
}

void ClearOutside(Message& message) {
  const google::protobuf::Reflection& r = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  r.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (IsOutside(*field)) {
      r.ClearField(&message, field);
    } else if (field->message_type() != nullptr && field->is_repeated()) {
      for (int i = 0; i < r.FieldSize(message, field); ++i) {
        ClearOutside(*r.MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->message_type() != nullptr) {
      ClearOutside(*r.MutableMessage(&message, field));
    }
  }
}

std::unique_ptr<Message> Stripped(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  ClearOutside(*copy);
  return copy;
}

}  // namespace

bool SaySame(const Message& a, const Message& b) {
  return google::protobuf::util::MessageDifferencer::Equals(*Stripped(a), *Stripped(b));
}

}  // namespace chancery::ctl
