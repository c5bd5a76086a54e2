#include "services/resource/not_stated.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The element of a list with this id; null if there is none.
const Message* FindElement(const Message& message, const MaskStep& step) {
  const Reflection* reflection = message.GetReflection();
  const FieldDescriptor* id = ElementIdOf(step.field->message_type());
  for (int i = 0; i < reflection->FieldSize(message, step.field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(message, step.field, i);
    if (element.GetReflection()->GetString(element, id) == step.element) return &element;
  }
  return nullptr;
}

absl::Status CheckPath(const Message& record, const std::string& text, const std::string& field) {
  ASSIGN_OR_RETURN(const MaskPath path, ParseMaskPath(text, record.GetDescriptor(), field));
  if (path.ignored) return MaskPathError(text, 0, "that is not for a source to state", {}, field);
  const Place place = FindPlace(record, path);
  if (place.missing != nullptr) {
    return MaskPathError(text, place.missing->position, "the record has no such element", {},
                         field);
  }
  if (!place.set) return absl::OkStatus();
  constexpr char kRule[] = "what is named as not stated must be unset";
  return errors::Error(types::v1::FIELD_INVALID,
                       absl::StrCat(field, ", path '", text, "': ", kRule),
                       {{"value", text}, {"rule", kRule}});
}

}  // namespace

Place FindPlace(const Message& record, const MaskPath& path) {
  const Message* message = &record;
  for (const MaskStep& step : path.steps) {
    const bool is_last = &step == &path.steps.back();
    const Reflection* reflection = message->GetReflection();
    if (step.field->is_repeated() && !step.element.empty()) {
      message = FindElement(*message, step);
      if (message == nullptr) return {.missing = &step};
      if (is_last) return {.set = true};
      continue;
    }
    if (is_last) {
      return {.set = step.field->is_repeated() ? reflection->FieldSize(*message, step.field) > 0
                                               : reflection->HasField(*message, step.field)};
    }
    if (!reflection->HasField(*message, step.field)) return {};
    message = &reflection->GetMessage(*message, step.field);
  }
  return {};
}

absl::Status CheckNotStated(const Message& record) {
  const FieldDescriptor* paths = record.GetDescriptor()->FindFieldByName("not_stated");
  if (paths == nullptr) return absl::OkStatus();
  const Reflection* reflection = record.GetReflection();
  for (int i = 0; i < reflection->FieldSize(record, paths); ++i) {
    const std::string field = absl::StrCat("not_stated.", i);
    const absl::Status status =
        CheckPath(record, reflection->GetRepeatedString(record, paths, i), field);
    if (!status.ok()) return errors::WithMetadata(status, "field", field);
  }
  return absl::OkStatus();
}

}  // namespace chancery::resource
