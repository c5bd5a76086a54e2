#include "tests/acceptance/brief/changes.h"

#include <memory>

namespace chancery::brief {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Makes a single value another one.
void SetOther(Message& message, const FieldDescriptor* field) {
  const auto* r = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return r->SetString(&message, field, r->GetString(message, field) + "x");
    case FieldDescriptor::CPPTYPE_BOOL:
      return r->SetBool(&message, field, !r->GetBool(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return r->SetInt32(&message, field, r->GetInt32(message, field) + 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return r->SetInt64(&message, field, r->GetInt64(message, field) + 1);
    default:
      return;
  }
}

// An enum stands for each of its other values once, also where it is unset.
void ChangeEnum(Message& message, const FieldDescriptor* field,
                const std::function<void()>& changed) {
  const auto* r = message.GetReflection();
  const auto* before = r->GetEnum(message, field);
  for (int i = 0; i < field->enum_type()->value_count(); ++i) {
    if (field->enum_type()->value(i) == before) continue;
    r->SetEnum(&message, field, field->enum_type()->value(i));
    changed();
  }
  r->SetEnum(&message, field, before);
}

void ChangeList(Message& message, const FieldDescriptor* field,
                const std::function<void()>& changed) {
  const auto* r = message.GetReflection();
  const int size = r->FieldSize(message, field);
  const bool of_messages = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  for (int i = 0; of_messages && i < size; ++i) {
    ForEachChange(*r->MutableRepeatedMessage(&message, field, i), changed);
  }
  // Without its last element, after each was the last one.
  for (int i = 0; i < size; ++i) {
    const std::unique_ptr<Message> before(message.New());
    before->CopyFrom(message);
    if (i != size - 1) r->SwapElements(&message, field, i, size - 1);
    r->RemoveLast(&message, field);
    changed();
    message.CopyFrom(*before);
  }
}

}  // namespace

void ForEachChange(Message& message, const std::function<void()>& changed) {
  const auto* r = message.GetReflection();
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->is_repeated()) {
      ChangeList(message, field, changed);
      continue;
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      ChangeEnum(message, field, changed);
      continue;
    }
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const bool bare_bool = field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    if (!bare_bool && !r->HasField(message, field)) continue;
    if (is_message) {
      ForEachChange(*r->MutableMessage(&message, field), changed);
    }
    const std::unique_ptr<Message> before(message.New());
    before->CopyFrom(message);
    if (!is_message) {
      SetOther(message, field);
      changed();
      message.CopyFrom(*before);
    }
    r->ClearField(&message, field);
    changed();
    message.CopyFrom(*before);
  }
}

}  // namespace chancery::brief
