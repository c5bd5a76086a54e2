#include "services/serving/invalid_text.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/protobuf/wire_format_lite.h"

namespace chancery::serving {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

constexpr int kMaxDepth = 100;  // as protobuf's own limit

bool IsUtf8(const std::string& text) {
  return google::protobuf::internal::WireFormatLite::VerifyUtf8String(
      text.data(), static_cast<int>(text.size()),
      google::protobuf::internal::WireFormatLite::SERIALIZE, nullptr);
}

std::string Search(const Descriptor& type, const std::string& bytes, int depth) {
  UnknownFieldSet fields;
  if (depth > kMaxDepth || !fields.ParseFromString(bytes)) return "";
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& unknown = fields.field(i);
    const FieldDescriptor* field = type.FindFieldByNumber(unknown.number());
    if (field == nullptr || unknown.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    if (field->type() == FieldDescriptor::TYPE_STRING && !IsUtf8(unknown.length_delimited())) {
      return field->name();
    }
    if (field->type() != FieldDescriptor::TYPE_MESSAGE) continue;
    const std::string below = Search(*field->message_type(), unknown.length_delimited(), depth + 1);
    if (!below.empty()) return absl::StrCat(field->name(), ".", below);
  }
  return "";
}

}  // namespace

std::string FindInvalidText(const Descriptor& type, absl::string_view bytes) {
  return Search(type, std::string(bytes), 0);
}

}  // namespace chancery::serving
