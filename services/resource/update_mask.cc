#include "services/resource/update_mask.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/field_mask_util.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"
#include "services/resource/mask_path.h"

namespace chancery::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsEverything(const FieldMask& mask) { return mask.paths_size() == 1 && mask.paths(0) == "*"; }

// Makes a field of `to` what it is in `from`, set or unset.
void CopyField(const FieldDescriptor* field, const Message& from, Message& to) {
  if (field->has_presence() && !from.GetReflection()->HasField(from, field)) {
    to.GetReflection()->ClearField(&to, field);
    return;
  }
  FieldMask this_field;
  this_field.add_paths(field->name());
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(from, this_field, options, &to);
}

// The place of the element with this id; -1 if there is none.
int FindElement(const Message& message, const MaskStep& step) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* id = ElementIdOf(step.field->message_type());
  for (int i = 0; i < reflection.FieldSize(message, step.field); ++i) {
    const Message& element = reflection.GetRepeatedMessage(message, step.field, i);
    if (element.GetReflection()->GetString(element, id) == step.element) return i;
  }
  return -1;
}

std::vector<std::string> IdsIn(const Message& message, const MaskStep& step) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* id = ElementIdOf(step.field->message_type());
  std::vector<std::string> ids;
  for (int i = 0; i < reflection.FieldSize(message, step.field); ++i) {
    const Message& element = reflection.GetRepeatedMessage(message, step.field, i);
    ids.push_back(element.GetReflection()->GetString(element, id));
  }
  return ids;
}

void RemoveElement(Message& message, const FieldDescriptor* field, int place) {
  const Reflection& reflection = *message.GetReflection();
  const int last = reflection.FieldSize(message, field) - 1;
  for (int i = place; i < last; ++i) reflection.SwapElements(&message, field, i, i + 1);
  reflection.RemoveLast(&message, field);
}

Message* AddElement(Message& message, const MaskStep& step) {
  Message* element = message.GetReflection()->AddMessage(&message, step.field);
  const FieldDescriptor* id = ElementIdOf(step.field->message_type());
  element->GetReflection()->SetString(element, id, step.element);
  return element;
}

// Follows one path through both messages at once. Where `update` has nothing there is null.
class PathUpdate {
 public:
  explicit PathUpdate(const MaskPath& path) : path_(path) {}

  absl::Status Apply(const Message& update, Message& current) const {
    return ApplyStep(0, &update, current);
  }

 private:
  absl::Status ApplyStep(size_t at, const Message* update, Message& current) const {
    const MaskStep& step = path_.steps[at];
    if (!step.element.empty()) return ApplyToElement(at, update, current);
    if (!IsLast(at)) return ApplyWithin(at, update, current);
    if (update != nullptr) {
      CopyField(step.field, *update, current);
    } else {
      current.GetReflection()->ClearField(&current, step.field);
    }
    return absl::OkStatus();
  }

  // Into a message; none is made just to clear something in it.
  absl::Status ApplyWithin(size_t at, const Message* update, Message& current) const {
    const FieldDescriptor* field = path_.steps[at].field;
    const Reflection& reflection = *current.GetReflection();
    const bool updated = update != nullptr && reflection.HasField(*update, field);
    if (!updated && !reflection.HasField(current, field)) return absl::OkStatus();
    return ApplyStep(at + 1, updated ? &reflection.GetMessage(*update, field) : nullptr,
                     *reflection.MutableMessage(&current, field));
  }

  absl::Status ApplyToElement(size_t at, const Message* update, Message& current) const {
    const MaskStep& step = path_.steps[at];
    const Reflection& reflection = *current.GetReflection();
    const int source = update == nullptr ? -1 : FindElement(*update, step);
    const int place = FindElement(current, step);
    if (source < 0 && place < 0) {
      return NoElement(step, current);
    }
    if (source < 0 && IsLast(at)) {
      RemoveElement(current, step.field, place);
      return absl::OkStatus();
    }
    const Message* element =
        source < 0 ? nullptr : &reflection.GetRepeatedMessage(*update, step.field, source);
    Message* target = place < 0 ? AddElement(current, step)
                                : reflection.MutableRepeatedMessage(&current, step.field, place);
    if (!IsLast(at)) return ApplyStep(at + 1, element, *target);
    target->CopyFrom(*element);
    return absl::OkStatus();
  }

  absl::Status NoElement(const MaskStep& step, const Message& current) const {
    std::vector<std::string> nearest = errors::NearestNames(step.element, IdsIn(current, step));
    const absl::string_view before = absl::string_view(path_.text).substr(0, step.position);
    for (std::string& id : nearest) id.insert(0, before.data(), before.size());
    return MaskPathError(path_.text, step.position,
                         absl::StrCat("there is no element '", step.element, "'"), nearest);
  }

  bool IsLast(size_t at) const { return at + 1 == path_.steps.size(); }

  const MaskPath& path_;
};

absl::StatusOr<std::vector<MaskPath>> ParseMask(const FieldMask& mask, const Descriptor* resource) {
  std::vector<MaskPath> paths;
  if (IsEverything(mask)) return paths;
  for (const std::string& text : mask.paths()) {
    if (paths.size() == kMaxMaskPaths) {
      return MaskPathError(text, 0, absl::StrCat("a mask has at most ", kMaxMaskPaths, " paths"));
    }
    if (text == "*") return MaskPathError(text, 0, "it stands for everything and so alone");
    ASSIGN_OR_RETURN(MaskPath path, ParseMaskPath(text, resource));
    paths.push_back(std::move(path));
  }
  return paths;
}

// What a mask without paths, or "*", changes.
std::vector<const FieldDescriptor*> ImpliedFields(const FieldMask& mask, const Message& update) {
  std::vector<const FieldDescriptor*> fields;
  if (mask.paths().empty()) {
    update.GetReflection()->ListFields(update, &fields);
  } else if (IsEverything(mask)) {
    const Descriptor* type = update.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) fields.push_back(type->field(i));
  }
  return fields;
}

}  // namespace

absl::Status CheckUpdateMask(const FieldMask& mask, const Descriptor* resource) {
  return ParseMask(mask, resource).status();
}

absl::Status ApplyUpdateMask(const FieldMask& mask, const Message& update, Message& current) {
  ASSIGN_OR_RETURN(const std::vector<MaskPath> paths, ParseMask(mask, current.GetDescriptor()));
  for (const FieldDescriptor* field : ImpliedFields(mask, update)) {
    if (!IsKeptByUpdates(field)) CopyField(field, update, current);
  }
  for (const MaskPath& path : paths) {
    if (!path.ignored) RETURN_IF_ERROR(PathUpdate(path).Apply(update, current));
  }
  return absl::OkStatus();
}

}  // namespace chancery::resource
