#include "gateway/records/open_references.h"

#include "google/api/field_behavior.pb.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/descriptor.h"

namespace chancery::gateway::records {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using IsOpen = std::function<bool(const std::string&)>;

bool IsReference(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         field.options().HasExtension(google::api::resource_reference);
}

bool IsRequired(const FieldDescriptor& field) {
  for (const int behavior : field.options().GetRepeatedExtension(google::api::field_behavior)) {
    if (behavior == google::api::REQUIRED) return true;
  }
  return false;
}

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

void Collect(const Message& message, std::vector<std::string>& found) {
  const Reflection& r = *message.GetReflection();
  for (const FieldDescriptor* field : SetFields(message)) {
    const bool is_message = field->message_type() != nullptr;
    if (!is_message && !IsReference(*field)) continue;
    if (!field->is_repeated()) {
      if (is_message) {
        Collect(r.GetMessage(message, field), found);
      } else {
        found.push_back(r.GetString(message, field));
      }
      continue;
    }
    for (int i = 0; i < r.FieldSize(message, field); ++i) {
      if (is_message) {
        Collect(r.GetRepeatedMessage(message, field, i), found);
      } else {
        found.push_back(r.GetRepeatedString(message, field, i));
      }
    }
  }
}

// What taking out did to a message.
struct Removal {
  bool any = false;
  // A reference that the message requires is open: it goes as a whole.
  bool whole = false;
};

Removal Remove(Message& message, const IsOpen& is_open);

void RemoveElement(Message& message, const FieldDescriptor& field, int index) {
  const Reflection& r = *message.GetReflection();
  for (int i = index; i + 1 < r.FieldSize(message, &field); ++i) {
    r.SwapElements(&message, &field, i, i + 1);
  }
  r.RemoveLast(&message, &field);
}

void RemoveRepeated(Message& message, const FieldDescriptor& field, const IsOpen& is_open,
                    Removal& removal) {
  const Reflection& r = *message.GetReflection();
  for (int i = r.FieldSize(message, &field) - 1; i >= 0; --i) {
    bool goes = false;
    if (field.message_type() == nullptr) {
      goes = is_open(r.GetRepeatedString(message, &field, i));
      removal.any |= goes;
    } else {
      const Removal inner = Remove(*r.MutableRepeatedMessage(&message, &field, i), is_open);
      removal.any |= inner.any;
      goes = inner.whole;
    }
    if (goes) RemoveElement(message, field, i);
  }
}

void RemoveSingle(Message& message, const FieldDescriptor& field, const IsOpen& is_open,
                  Removal& removal) {
  const Reflection& r = *message.GetReflection();
  bool goes = false;
  if (field.message_type() == nullptr) {
    goes = is_open(r.GetString(message, &field));
    removal.any |= goes;
    if (goes && IsRequired(field)) {
      removal.whole = true;
      return;
    }
  } else {
    const Removal inner = Remove(*r.MutableMessage(&message, &field), is_open);
    removal.any |= inner.any;
    goes = inner.whole;
  }
  if (goes) r.ClearField(&message, &field);
}

Removal Remove(Message& message, const IsOpen& is_open) {
  Removal removal;
  for (const FieldDescriptor* field : SetFields(message)) {
    if (field->message_type() == nullptr && !IsReference(*field)) continue;
    if (field->is_repeated()) {
      RemoveRepeated(message, *field, is_open, removal);
    } else {
      RemoveSingle(message, *field, is_open, removal);
    }
  }
  return removal;
}

}  // namespace

std::vector<std::string> ReferencesOf(const Message& record) {
  std::vector<std::string> found;
  Collect(record, found);
  return found;
}

bool RemoveReferences(Message& record, const IsOpen& is_open) {
  return Remove(record, is_open).any;
}

}  // namespace chancery::gateway::records
