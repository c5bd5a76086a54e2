#include "gateway/ctl/call/request_fields.h"

#include "google/protobuf/descriptor.h"

namespace chancery::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* Find(const Message& message, const char* field) {
  return message.GetDescriptor()->FindFieldByName(field);
}

}  // namespace

void SetText(Message& message, const char* field, absl::string_view value) {
  if (const FieldDescriptor* found = Find(message, field)) {
    message.GetReflection()->SetString(&message, found, std::string(value));
  }
}

void SetNumber(Message& message, const char* field, int value) {
  if (const FieldDescriptor* found = Find(message, field)) {
    message.GetReflection()->SetInt32(&message, found, value);
  }
}

void SetSwitch(Message& message, const char* field, bool value) {
  if (const FieldDescriptor* found = Find(message, field)) {
    message.GetReflection()->SetBool(&message, found, value);
  }
}

void AddText(Message& message, const char* field, absl::string_view value) {
  if (const FieldDescriptor* found = Find(message, field)) {
    message.GetReflection()->AddString(&message, found, std::string(value));
  }
}

std::string TextOf(const Message& message, const char* field) {
  const FieldDescriptor* found = Find(message, field);
  return found == nullptr ? "" : message.GetReflection()->GetString(message, found);
}

const Message& FieldOf(const Message& message, const char* field) {
  return message.GetReflection()->GetMessage(message, Find(message, field));
}

Message* MutableField(Message& message, const char* field) {
  const FieldDescriptor* found = Find(message, field);
  return found == nullptr ? nullptr : message.GetReflection()->MutableMessage(&message, found);
}

Message* MutableFieldOfType(Message& message, const google::protobuf::Descriptor& type) {
  const google::protobuf::Descriptor& request = *message.GetDescriptor();
  for (int i = 0; i < request.field_count(); ++i) {
    if (request.field(i)->message_type() != &type) continue;
    return message.GetReflection()->MutableMessage(&message, request.field(i));
  }
  return nullptr;
}

Message* AddItem(Message& message) {
  return message.GetReflection()->AddMessage(&message, message.GetDescriptor()->field(0));
}

std::vector<const Message*> ItemsOf(const Message& reply) {
  const FieldDescriptor* field = reply.GetDescriptor()->field(0);
  const int count = reply.GetReflection()->FieldSize(reply, field);
  std::vector<const Message*> items;
  items.reserve(count);
  for (int i = 0; i < count; ++i) {
    items.push_back(&reply.GetReflection()->GetRepeatedMessage(reply, field, i));
  }
  return items;
}

}  // namespace chancery::ctl
