#include "gateway/citations/find_citations.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace chancery::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using types::v1::Citation;

std::string PathOfElement(const std::string& path, const Message& element, int index) {
  const FieldDescriptor* id = element.GetDescriptor()->FindFieldByName("id");
  const std::string value = id == nullptr ? "" : element.GetReflection()->GetString(element, id);
  return value.empty() ? absl::StrCat(path, ".", index) : absl::StrCat(path, ".", value);
}

void Walk(const Message& message, const std::string& path, std::vector<FoundCitation>& found) {
  if (message.GetDescriptor() == Citation::descriptor()) {
    found.push_back({path, static_cast<const Citation*>(&message)});
    return;
  }
  std::vector<const FieldDescriptor*> fields;
  const auto* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->message_type() == nullptr) continue;
    const std::string here = path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
    if (!field->is_repeated()) {
      Walk(reflection->GetMessage(message, field), here, found);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& element = reflection->GetRepeatedMessage(message, field, i);
      Walk(element, PathOfElement(here, element, i), found);
    }
  }
}

bool Reaches(const Descriptor& type, std::set<const Descriptor*>& seen) {
  if (&type == Citation::descriptor()) return true;
  if (!seen.insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const Descriptor* inner = type.field(i)->message_type();
    if (inner != nullptr && Reaches(*inner, seen)) return true;
  }
  return false;
}

}  // namespace

std::vector<FoundCitation> FindCitations(const Message& message) {
  std::vector<FoundCitation> found;
  Walk(message, "", found);
  return found;
}

bool HasCitations(const Descriptor& type) {
  std::set<const Descriptor*> seen;
  return Reaches(type, seen);
}

}  // namespace chancery::gateway
