#include "services/resource/accounts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/account.pb.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/count.pb.h"
#include "chancery/types/v1/date.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/compare.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/index_keys.h"
#include "services/resource/mask_path.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using types::v1::Count;
using types::v1::Date;

const FieldDescriptor* FieldNamed(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

const Message& MessageIn(const Message& message, const char* name) {
  return message.GetReflection()->GetMessage(message, FieldNamed(message, name));
}

std::string TextIn(const Message& message, const FieldDescriptor* field) {
  return message.GetReflection()->GetString(message, field);
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

bool DatesConflict(const Date& a, const Date& b) {
  const auto left = chronology::Parse(a.edtf());
  const auto right = chronology::Parse(b.edtf());
  return left.ok() && right.ok() && !chronology::CanAgree(*left, *right);
}

// Whether a count leaves this number open.
bool Allows(const Count& count, int64_t number) {
  if (count.comparator() == Count::GT) return number > count.value();
  if (count.comparator() == Count::GE) return number >= count.value();
  return number == count.value();
}

bool CountsConflict(const Count& a, const Count& b) {
  const bool vague = a.comparator() == Count::VAGUE || b.comparator() == Count::VAGUE;
  // "The tenth" does not speak about how many there are.
  const bool of_two_kinds =
      (a.comparator() == Count::ORDINAL) != (b.comparator() == Count::ORDINAL);
  const auto is_open = [](const Count& count) {
    return count.comparator() == Count::GT || count.comparator() == Count::GE;
  };
  if (vague || of_two_kinds || (is_open(a) && is_open(b))) return false;
  return is_open(a) ? !Allows(a, b.value()) : !Allows(b, a.value());
}

// What may differ between sources that agree, or is not the source's at all.
bool IsBeside(const FieldDescriptor* field) {
  return field->message_type() == types::v1::Citation::descriptor() ||
         absl::EndsWith(field->name(), "as_stated") || IsKeptByUpdates(field) ||
         field->name() == "accounts" || field->name() == "origin";
}

// One value of a field as text; `index` is -1 for a field that is not repeated.
std::string ValueText(const Message& message, const FieldDescriptor* field, int index) {
  const Reflection& r = *message.GetReflection();
  const bool many = index >= 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return many ? r.GetRepeatedString(message, field, index) : r.GetString(message, field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return r.GetRepeatedMessage(message, field, index).SerializeAsString();
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat(many ? r.GetRepeatedEnumValue(message, field, index)
                               : r.GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(many ? r.GetRepeatedInt32(message, field, index)
                               : r.GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(many ? r.GetRepeatedInt64(message, field, index)
                               : r.GetInt64(message, field));
    default:
      return absl::StrCat(many ? r.GetRepeatedBool(message, field, index)
                               : r.GetBool(message, field));
  }
}

std::vector<std::string> SortedValues(const Message& message, const FieldDescriptor* field) {
  std::vector<std::string> values;
  values.reserve(message.GetReflection()->FieldSize(message, field));
  for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
    values.push_back(ValueText(message, field, i));
  }
  std::sort(values.begin(), values.end());
  return values;
}

// The element with this id; null if there is none.
const Message* FindElement(const Message& message, const FieldDescriptor* field,
                           absl::string_view id) {
  const FieldDescriptor* key = ElementIdOf(field->message_type());
  for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
    const Message& element = message.GetReflection()->GetRepeatedMessage(message, field, i);
    if (TextIn(element, key) == id) return &element;
  }
  return nullptr;
}

bool FieldsConflict(const Message& a, const Message& b, const FieldDescriptor* field);

bool MessagesConflict(const Message& a, const Message& b) {
  const auto* type = a.GetDescriptor();
  if (type == Date::descriptor()) {
    return DatesConflict(static_cast<const Date&>(a), static_cast<const Date&>(b));
  }
  if (type == Count::descriptor()) {
    return CountsConflict(static_cast<const Count&>(a), static_cast<const Count&>(b));
  }
  for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
    const auto* oneof = type->oneof_decl(i);
    const auto* left = a.GetReflection()->GetOneofFieldDescriptor(a, oneof);
    const auto* right = b.GetReflection()->GetOneofFieldDescriptor(b, oneof);
    if (left != nullptr && right != nullptr && left != right) return true;
  }
  for (int i = 0; i < type->field_count(); ++i) {
    if (FieldsConflict(a, b, type->field(i))) return true;
  }
  return false;
}

bool ElementsConflict(const Message& a, const Message& b, const FieldDescriptor* field) {
  const FieldDescriptor* key = ElementIdOf(field->message_type());
  for (int i = 0; i < a.GetReflection()->FieldSize(a, field); ++i) {
    const Message& left = a.GetReflection()->GetRepeatedMessage(a, field, i);
    const Message* right = FindElement(b, field, TextIn(left, key));
    if (right != nullptr && MessagesConflict(left, *right)) return true;
  }
  return false;
}

bool ListsConflict(const Message& a, const Message& b, const FieldDescriptor* field) {
  const auto* type = field->message_type();
  if (type != nullptr && ElementIdOf(type) != nullptr) return ElementsConflict(a, b, field);
  const std::vector<std::string> left = SortedValues(a, field);
  const std::vector<std::string> right = SortedValues(b, field);
  return !std::includes(left.begin(), left.end(), right.begin(), right.end()) &&
         !std::includes(right.begin(), right.end(), left.begin(), left.end());
}

// Whether two messages of one type conflict in a field. What is unset on a side says nothing.
bool FieldsConflict(const Message& a, const Message& b, const FieldDescriptor* field) {
  if (IsBeside(field) || !IsSet(a, field) || !IsSet(b, field)) return false;
  if (field->is_repeated()) return ListsConflict(a, b, field);
  if (field->message_type() == nullptr) return ValueText(a, field, -1) != ValueText(b, field, -1);
  return MessagesConflict(a.GetReflection()->GetMessage(a, field),
                          b.GetReflection()->GetMessage(b, field));
}

// A record or an account of it: what it says, and about what.
struct Side {
  const Message* value;
  std::vector<MaskPath> paths;
  // Names everything, and what it leaves out is not denied.
  bool is_record = false;
};

// Compares two sides along a path that both speak about.
class Comparison {
 public:
  Comparison(const Side& a, const Side& b, const MaskPath& path) : a_(a), b_(b), path_(path) {}

  bool Conflicts() const { return From(0, a_.value, b_.value); }

 private:
  bool From(size_t at, const Message* a, const Message* b) const {
    const MaskStep& step = path_.steps[at];
    const bool last = at + 1 == path_.steps.size();
    if (step.element.empty()) {
      if (last) return FieldsConflict(*a, *b, step.field);
      if (!IsSet(*a, step.field) || !IsSet(*b, step.field)) return false;
      return From(at + 1, &a->GetReflection()->GetMessage(*a, step.field),
                  &b->GetReflection()->GetMessage(*b, step.field));
    }
    const Message* left = FindElement(*a, step.field, step.element);
    const Message* right = FindElement(*b, step.field, step.element);
    if (left != nullptr && right != nullptr) {
      return last ? MessagesConflict(*left, *right) : From(at + 1, left, right);
    }
    // An account that names an element and does not have it says that it is not there.
    return last && ((left != nullptr && !b_.is_record) || (right != nullptr && !a_.is_record));
  }

  const Side& a_;
  const Side& b_;
  const MaskPath& path_;
};

// Whether a path is the other or leads into it.
bool IsWithin(const MaskPath& path, const MaskPath& other) {
  return path.text == other.text || absl::StartsWith(path.text, absl::StrCat(other.text, "."));
}

bool SidesConflict(const Side& a, const Side& b) {
  for (const MaskPath& path : a.paths) {
    if (b.is_record && Comparison(a, b, path).Conflicts()) return true;
    for (const MaskPath& other : b.paths) {
      const MaskPath* deeper =
          IsWithin(path, other) ? &path : (IsWithin(other, path) ? &other : nullptr);
      if (deeper != nullptr && Comparison(a, b, *deeper).Conflicts()) return true;
    }
  }
  return false;
}

std::string FieldOf(const Message& account, const char* field) {
  return absl::StrCat("accounts.", TextIn(account, FieldNamed(account, "id")), ".", field);
}

// What an account speaks about: its mask, else all that its value has.
absl::StatusOr<std::vector<MaskPath>> PathsOf(const Message& account, const Message& value) {
  const auto& mask = static_cast<const google::protobuf::FieldMask&>(MessageIn(account, "mask"));
  std::vector<MaskPath> paths;
  for (const std::string& text : mask.paths()) {
    auto path = ParseMaskPath(text, value.GetDescriptor(), FieldOf(account, "mask"));
    if (!path.ok()) {
      return errors::WithMetadata(path.status(), "field", FieldOf(account, "mask"));
    }
    paths.push_back(*std::move(path));
  }
  if (!mask.paths().empty()) return paths;
  std::vector<const FieldDescriptor*> fields;
  value.GetReflection()->ListFields(value, &fields);
  for (const FieldDescriptor* field : fields) paths.push_back({field->name(), {{field, "", 0}}});
  return paths;
}

absl::Status CheckDeprecation(const Message& account) {
  const FieldDescriptor* why = FieldNamed(account, "deprecation_reason");
  if (account.GetReflection()->GetEnumValue(account, why) != 0) return absl::OkStatus();
  const std::string field = FieldOf(account, "deprecation_reason");
  return errors::Error(types::v1::REQUIRED_FIELD_MISSING,
                       absl::StrCat(field, " is required of a deprecated account"),
                       {{"field", field}});
}

}  // namespace

absl::Status SettleAccounts(Message& record) {
  const FieldDescriptor* accounts = FieldNamed(record, "accounts");
  const FieldDescriptor* contested = FieldNamed(record, "contested");
  if (accounts == nullptr) return absl::OkStatus();
  const Reflection* reflection = record.GetReflection();
  std::vector<Side> sides = {{&record, {}, /*is_record=*/true}};
  for (int i = 0; i < reflection->FieldSize(record, accounts); ++i) {
    const Message& account = reflection->GetRepeatedMessage(record, accounts, i);
    const Message& value = MessageIn(account, "value");
    ASSIGN_OR_RETURN(std::vector<MaskPath> paths, PathsOf(account, value));
    const FieldDescriptor* rank = FieldNamed(account, "rank");
    if (account.GetReflection()->GetEnumValue(account, rank) == types::v1::RANK_DEPRECATED) {
      RETURN_IF_ERROR(CheckDeprecation(account));
      continue;
    }
    sides.push_back({&value, std::move(paths)});
  }
  bool conflict = false;
  for (size_t i = 1; i < sides.size() && !conflict; ++i) {
    for (size_t j = 0; j < i && !conflict; ++j) conflict = SidesConflict(sides[i], sides[j]);
  }
  reflection->SetBool(&record, contested, conflict);
  return absl::OkStatus();
}

void EmitContested(const Message& record, storage::IndexKeys& keys) {
  const bool contested = record.GetReflection()->GetBool(record, FieldNamed(record, "contested"));
  if (contested) AddKey("true", keys);
}

}  // namespace chancery::resource
