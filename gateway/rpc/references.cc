#include "gateway/rpc/references.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/descriptor.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsReference(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING &&
         field.options().HasExtension(google::api::resource_reference);
}

// "events/e1" of "events/e1/participants/noda" and of "events/e1.participants.noda".
std::string RecordOf(const std::string& value) {
  size_t end = value.find('/');
  if (end == std::string::npos) return value;
  for (++end; end < value.size(); ++end) {
    const char c = value[end];
    if (!absl::ascii_isalnum(c) && c != '-') break;
  }
  return value.substr(0, end);
}

std::string PathOfElement(const std::string& path, const Message& element, int index) {
  const FieldDescriptor* id = element.GetDescriptor()->FindFieldByName("id");
  if (id != nullptr && id->type() == FieldDescriptor::TYPE_STRING && !id->is_repeated()) {
    const std::string value = element.GetReflection()->GetString(element, id);
    if (!value.empty()) return absl::StrCat(path, ".", value);
  }
  return absl::StrCat(path, ".", index);
}

void Walk(const Message& message, const std::string& prefix, std::vector<Reference>& found);

void WalkText(const Message& message, const FieldDescriptor* field, const std::string& path,
              std::vector<Reference>& found) {
  const auto* reflection = message.GetReflection();
  const std::string& type = field->options().GetExtension(google::api::resource_reference).type();
  const auto add = [&](const std::string& where, const std::string& value) {
    if (!value.empty()) found.push_back({where, value, type, RecordOf(value)});
  };
  if (!field->is_repeated()) return add(path, reflection->GetString(message, field));
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    add(absl::StrCat(path, ".", i), reflection->GetRepeatedString(message, field, i));
  }
}

void WalkMessages(const Message& message, const FieldDescriptor* field, const std::string& path,
                  std::vector<Reference>& found) {
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) return Walk(reflection->GetMessage(message, field), path, found);
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(message, field, i);
    Walk(element, PathOfElement(path, element, i), found);
  }
}

void Walk(const Message& message, const std::string& prefix, std::vector<Reference>& found) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path =
        prefix.empty() ? field->name() : absl::StrCat(prefix, ".", field->name());
    if (IsReference(*field)) WalkText(message, field, path, found);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      WalkMessages(message, field, path, found);
    }
  }
}

}  // namespace

std::vector<Reference> FindReferences(const Message& message) {
  std::vector<Reference> found;
  Walk(message, "", found);
  return found;
}

}  // namespace chancery::gateway::rpc
