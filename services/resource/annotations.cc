#include "services/resource/annotations.h"

#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/field_behavior.h"
#include "services/resource/special_values.h"
#include "services/resource/text.h"
#include "services/resource/type_plan.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMaxTextCodePoints = 4096;
constexpr size_t kMaxVerbatimBytes = 64 << 10;

// Where in a message something stands: a chain on the stack, turned into text only for an error.
struct Path {
  const Path* parent = nullptr;
  // A field, or an element of the list that is the parent.
  const FieldDescriptor* field = nullptr;
  const Message* element = nullptr;
  const FieldDescriptor* id = nullptr;
  int index = 0;
};

// "participants.noda", or "requests.3" where elements have no ids.
std::string NameOf(const Path& path) {
  if (path.field != nullptr) return path.field->name();
  if (path.id != nullptr) {
    std::string id = path.element->GetReflection()->GetString(*path.element, path.id);
    if (!id.empty()) return id;
  }
  return absl::StrCat(path.index);
}

std::string TextOf(const Path& path) {
  if (path.parent == nullptr || path.parent->parent == nullptr) return NameOf(path);
  return absl::StrCat(TextOf(*path.parent), ".", NameOf(path));
}

std::string TextOf(const Path& path, const FieldDescriptor* field) {
  return TextOf(Path{.parent = &path, .field = field});
}

absl::Status Invalid(const Path& path, const std::string& value, absl::string_view rule) {
  const std::string field = TextOf(path);
  return errors::Error(types::v1::FIELD_INVALID, absl::StrCat(field, ": ", rule),
                       {{"field", field}, {"value", value}, {"rule", std::string(rule)}});
}

absl::Status Missing(const std::string& field) {
  return errors::Error(types::v1::REQUIRED_FIELD_MISSING, absl::StrCat(field, " is required"),
                       {{"field", field}});
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(text[i])) return false;
  }
  return text[14] == '4';
}

absl::Status CheckEnum(const FieldDescriptor* field, int number, const Path& path) {
  if (field->enum_type()->FindValueByNumber(number) != nullptr) return absl::OkStatus();
  const std::string text = TextOf(path);
  return errors::Error(
      types::v1::ENUM_VALUE_UNKNOWN,
      absl::StrCat(text, ": ", field->enum_type()->name(), " has no value ", number),
      {{"field", text},
       {"value", absl::StrCat(number)},
       {"enum", field->enum_type()->full_name()}});
}

// Walks one message depth first, mending and checking as it goes.
class Preparation {
 public:
  absl::Status Walk(Message& message, const TypePlan& type, const Path& path, bool whole) {
    const Reflection* reflection = message.GetReflection();
    for (const FieldDescriptor* field : type.output_only) reflection->ClearField(&message, field);
    for (const FieldDescriptor* field : type.required) {
      if (whole && !IsSet(message, field)) return Missing(TextOf(path, field));
    }
    std::vector<const FieldDescriptor*> set;  // few of the many that there are
    reflection->ListFields(message, &set);
    for (const FieldDescriptor* field : set) {
      RETURN_IF_ERROR(
          Field(message, type.fields[field->index()], {.parent = &path, .field = field}, whole));
    }
    return Special(message, type, path, whole);
  }

 private:
  absl::Status Special(Message& message, const TypePlan& type, const Path& path, bool whole) {
    if (type.special == TypePlan::Special::kDate) {
      auto& date = static_cast<types::v1::Date&>(message);
      if (!whole && date.edtf().empty()) return absl::OkStatus();
      return PrepareDate(date, [&path] { return TextOf(path); });
    }
    if (type.special == TypePlan::Special::kCitation) {
      return PrepareCitation(static_cast<types::v1::Citation&>(message),
                             [&path] { return TextOf(path); });
    }
    return absl::OkStatus();
  }

  absl::Status Field(Message& message, const FieldPlan& plan, const Path& path, bool whole) {
    switch (plan.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return Texts(message, plan, path);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Enums(message, plan, path);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Messages(message, plan, path, whole && !plan.partial);
      default:
        return absl::OkStatus();
    }
  }

  absl::Status Texts(Message& message, const FieldPlan& plan, const Path& path) {
    const Reflection* reflection = message.GetReflection();
    if (plan.field->type() == FieldDescriptor::TYPE_BYTES) return absl::OkStatus();
    std::string scratch;
    if (!plan.field->is_repeated()) {
      const std::string& text = reflection->GetStringReference(message, plan.field, &scratch);
      if (plan.verbatim) return Verbatim(text, path);
      if (!IsNormalized(text)) {
        reflection->SetString(&message, plan.field, Normalized(text));
        return Text(reflection->GetStringReference(message, plan.field, &scratch), plan, path);
      }
      return Text(text, plan, path);
    }
    for (int i = 0; i < reflection->FieldSize(message, plan.field); ++i) {
      const auto text = [&]() -> const std::string& {
        return reflection->GetRepeatedStringReference(message, plan.field, i, &scratch);
      };
      if (!IsNormalized(text())) {
        reflection->SetRepeatedString(&message, plan.field, i, Normalized(text()));
      }
      RETURN_IF_ERROR(Text(text(), plan, {.parent = &path, .index = i}));
    }
    return absl::OkStatus();
  }

  static absl::Status Verbatim(const std::string& text, const Path& path) {
    if (text.size() <= kMaxVerbatimBytes) return absl::OkStatus();
    return Invalid(path, absl::StrCat(text.size(), " bytes"),
                   absl::StrCat("at most ", kMaxVerbatimBytes, " bytes of UTF-8"));
  }

  absl::Status Text(const std::string& text, const FieldPlan& plan, const Path& path) {
    if (text.size() > kMaxTextCodePoints && CodePoints(text) > kMaxTextCodePoints) {
      return Invalid(path, absl::StrCat(CodePoints(text), " characters"),
                     absl::StrCat("at most ", kMaxTextCodePoints, " characters"));
    }
    if (plan.reference && !IsName(text, plan.target)) {
      return CheckName(TextOf(path), text, plan.target);
    }
    if (plan.element_id && !IsElementId(text)) {
      return Invalid(path, text, "must be 1 to 63 of a-z, 0-9 and -");
    }
    if (plan.uuid4 && !IsUuid(text)) return Invalid(path, text, "must be a UUID of version 4");
    return absl::OkStatus();
  }

  absl::Status Enums(const Message& message, const FieldPlan& plan, const Path& path) {
    const Reflection* reflection = message.GetReflection();
    if (!plan.field->is_repeated()) {
      return CheckEnum(plan.field, reflection->GetEnumValue(message, plan.field), path);
    }
    for (int i = 0; i < reflection->FieldSize(message, plan.field); ++i) {
      RETURN_IF_ERROR(
          CheckEnum(plan.field, reflection->GetRepeatedEnumValue(message, plan.field, i), path));
    }
    return absl::OkStatus();
  }

  absl::Status Messages(Message& message, const FieldPlan& plan, const Path& path, bool whole) {
    const Reflection* reflection = message.GetReflection();
    if (!plan.field->is_repeated()) {
      return Walk(*reflection->MutableMessage(&message, plan.field), *plan.child, path, whole);
    }
    std::set<std::string> ids;
    const FieldDescriptor* id = plan.child->id;
    const int size = reflection->FieldSize(message, plan.field);
    for (int i = 0; i < size; ++i) {
      Message* element = reflection->MutableRepeatedMessage(&message, plan.field, i);
      RETURN_IF_ERROR(Walk(*element, *plan.child,
                           {.parent = &path, .element = element, .id = id, .index = i}, whole));
      if (id == nullptr || size == 1) continue;
      std::string value = element->GetReflection()->GetString(*element, id);
      if (!ids.insert(value).second) return Invalid(path, value, "ids must differ");
    }
    return absl::OkStatus();
  }
};

absl::Status Required(const Message& message, const TypePlan& type, const Path& path) {
  const Reflection* reflection = message.GetReflection();
  for (const FieldPlan& plan : type.fields) {
    if (plan.required && !IsSet(message, plan.field)) return Missing(TextOf(path, plan.field));
    if (plan.child == nullptr || plan.partial || !IsSet(message, plan.field)) continue;
    const Path field{.parent = &path, .field = plan.field};
    if (!plan.field->is_repeated()) {
      RETURN_IF_ERROR(Required(reflection->GetMessage(message, plan.field), *plan.child, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, plan.field); ++i) {
      const Message& element = reflection->GetRepeatedMessage(message, plan.field, i);
      RETURN_IF_ERROR(
          Required(element, *plan.child,
                   {.parent = &field, .element = &element, .id = plan.child->id, .index = i}));
    }
  }
  return absl::OkStatus();
}

absl::Status References(const Message& message, const TypePlan& type, const Path& path,
                        const ReferenceVisitor& visit) {
  const Reflection* reflection = message.GetReflection();
  for (const FieldPlan& plan : type.fields) {
    if (!plan.leads_to_reference || !IsSet(message, plan.field)) continue;
    const Path field{.parent = &path, .field = plan.field};
    const bool repeated = plan.field->is_repeated();
    const int size = repeated ? reflection->FieldSize(message, plan.field) : 1;
    for (int i = 0; i < size; ++i) {
      if (plan.reference) {
        const Path place = repeated ? Path{.parent = &field, .index = i} : field;
        std::string scratch;
        RETURN_IF_ERROR(visit(
            [&place] { return TextOf(place); },
            repeated ? reflection->GetRepeatedStringReference(message, plan.field, i, &scratch)
                     : reflection->GetStringReference(message, plan.field, &scratch)));
        continue;
      }
      const Message& element = repeated ? reflection->GetRepeatedMessage(message, plan.field, i)
                                        : reflection->GetMessage(message, plan.field);
      const Path place =
          repeated ? Path{.parent = &field, .element = &element, .id = plan.child->id, .index = i}
                   : field;
      RETURN_IF_ERROR(References(element, *plan.child, place, visit));
    }
  }
  return absl::OkStatus();
}

absl::Status Citations(const Message& message, const TypePlan& type, const Path& path,
                       const CitationVisitor& visit) {
  if (type.special == TypePlan::Special::kCitation) {
    return visit([&path] { return TextOf(path); },
                 static_cast<const types::v1::Citation&>(message));
  }
  const Reflection* reflection = message.GetReflection();
  for (const FieldPlan& plan : type.fields) {
    if (!plan.leads_to_citation || !IsSet(message, plan.field)) continue;
    const Path field{.parent = &path, .field = plan.field};
    if (!plan.field->is_repeated()) {
      RETURN_IF_ERROR(
          Citations(reflection->GetMessage(message, plan.field), *plan.child, field, visit));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, plan.field); ++i) {
      const Message& element = reflection->GetRepeatedMessage(message, plan.field, i);
      RETURN_IF_ERROR(Citations(
          element, *plan.child,
          {.parent = &field, .element = &element, .id = plan.child->id, .index = i}, visit));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Prepare(Message& message, Completeness completeness) {
  return Preparation().Walk(message, PlanOf(message.GetDescriptor()), Path{},
                            completeness == Completeness::kWhole);
}

absl::Status CheckRequired(const Message& message) {
  return Required(message, PlanOf(message.GetDescriptor()), Path{});
}

absl::Status CheckImmutable(const Message& before, const Message& after) {
  for (const FieldPlan& plan : PlanOf(before.GetDescriptor()).fields) {
    if (!plan.immutable || plan.field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
    const std::string old_value = before.GetReflection()->GetString(before, plan.field);
    const std::string new_value = after.GetReflection()->GetString(after, plan.field);
    if (old_value == new_value) continue;
    const std::string& field = plan.field->name();
    return errors::Error(types::v1::FIELD_IMMUTABLE,
                         absl::StrCat(field, " can not be changed once the resource exists"),
                         {{"field", field}, {"value", new_value}, {"current", old_value}});
  }
  return absl::OkStatus();
}

absl::Status ForEachReference(const Message& message, const ReferenceVisitor& visit) {
  return References(message, PlanOf(message.GetDescriptor()), Path{}, visit);
}

absl::Status ForEachCitation(const Message& message, const CitationVisitor& visit) {
  return Citations(message, PlanOf(message.GetDescriptor()), Path{}, visit);
}

}  // namespace chancery::resource
