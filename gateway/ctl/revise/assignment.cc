#include "gateway/ctl/revise/assignment.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/date.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/print/json.h"
#include "gateway/records/json_record.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  return field != nullptr ? field : type.FindFieldByCamelcaseName(name);
}

// The value of a field as protobuf's JSON.
std::string JsonOf(const FieldDescriptor& field, absl::string_view value) {
  const bool is_json = absl::StartsWith(value, field.is_repeated() ? "[" : "{");
  if (field.is_repeated() && !is_json) {
    std::vector<std::string> items;
    for (const absl::string_view item : absl::StrSplit(value, ',')) {
      items.push_back(JsonString(item));
    }
    return JsonArray(items);
  }
  if (field.message_type() == types::v1::Date::descriptor() && !is_json) {
    return JsonObject({{"edtf", JsonString(value)}});
  }
  const bool is_text = field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                       field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
  return is_text ? JsonString(value) : std::string(value);
}

class Assignment {
 public:
  Assignment(const std::string& word, const std::string& flag)
      : word_(word), flag_(flag), equals_(word.find('=')) {}

  absl::StatusOr<std::string> Run(Message& record) {
    if (equals_ == word_.npos || equals_ == 0) {
      return Error(equals_ == 0 ? 0 : word_.size(), "a field is set as path=value");
    }
    names_ = absl::StrSplit(word_.substr(0, equals_), '.');
    RETURN_IF_ERROR(Walk(record));
    return absl::StrJoin(path_, ".");
  }

 private:
  bool AtEnd() const { return next_ == names_.size(); }
  std::string Value() const { return word_.substr(equals_ + 1); }

  size_t Position() const {
    size_t position = 0;
    for (size_t i = 0; i < next_; ++i) position += names_[i].size() + 1;
    return position;
  }

  // One field at a time, and the element behind it.
  absl::Status Walk(Message& message) {
    const FieldDescriptor* field = FindField(*message.GetDescriptor(), names_[next_]);
    if (field == nullptr) return NoField(*message.GetDescriptor());
    path_.push_back(field->name());
    ++next_;
    if (AtEnd()) return Set(message, *field);
    if (field->message_type() == nullptr) {
      return Error(Position(), absl::StrCat(field->name(), " has no fields of its own"));
    }
    if (!field->is_repeated())
      return Walk(*message.GetReflection()->MutableMessage(&message, field));
    return WalkElement(message, *field);
  }

  absl::Status WalkElement(Message& message, const FieldDescriptor& field) {
    const FieldDescriptor* id = field.message_type()->FindFieldByName("id");
    if (id == nullptr) {
      return Error(Position(), absl::StrCat(field.name(), " is changed as a whole only"));
    }
    const std::string& wanted = names_[next_];
    path_.push_back(wanted);
    ++next_;
    const auto& r = *message.GetReflection();
    int place = 0;
    while (place < r.FieldSize(message, &field) &&
           r.GetRepeatedMessage(message, &field, place)
                   .GetReflection()
                   ->GetString(r.GetRepeatedMessage(message, &field, place), id) != wanted) {
      ++place;
    }
    const bool there = place < r.FieldSize(message, &field);
    if (AtEnd() && Value().empty()) {
      if (there) RemoveElement(message, field, place);
      return absl::OkStatus();
    }
    Message* element =
        there ? r.MutableRepeatedMessage(&message, &field, place) : r.AddMessage(&message, &field);
    if (AtEnd()) {
      element->Clear();
      RETURN_IF_ERROR(Named(gateway::records::ReadJson(Value(), *element)));
      element->GetReflection()->SetString(element, id, wanted);
      return absl::OkStatus();
    }
    element->GetReflection()->SetString(element, id, wanted);
    return Walk(*element);
  }

  static void RemoveElement(Message& message, const FieldDescriptor& field, int place) {
    const auto& r = *message.GetReflection();
    for (int i = place; i + 1 < r.FieldSize(message, &field); ++i) {
      r.SwapElements(&message, &field, i, i + 1);
    }
    r.RemoveLast(&message, &field);
  }

  absl::Status Set(Message& message, const FieldDescriptor& field) {
    message.GetReflection()->ClearField(&message, &field);
    if (Value().empty()) return absl::OkStatus();
    const MessagePtr one(message.New());
    RETURN_IF_ERROR(Named(gateway::records::ReadJson(
        JsonObject({{field.json_name(), JsonOf(field, Value())}}), *one)));
    message.MergeFrom(*one);
    return absl::OkStatus();
  }

  // An error about a value, with the whole path of its field.
  absl::Status Named(const absl::Status& status) const {
    if (status.ok()) return status;
    return errors::WithMetadata(status, "field", absl::StrJoin(path_, "."));
  }

  absl::Status NoField(const Descriptor& type) const {
    std::vector<std::string> known;
    known.reserve(type.field_count());
    for (int i = 0; i < type.field_count(); ++i) known.push_back(type.field(i)->name());
    std::vector<std::string> nearest = errors::NearestNames(names_[next_], known);
    const std::string before = word_.substr(0, Position());
    for (std::string& name : nearest) name.insert(0, before);
    const absl::Status error = Error(
        Position(), absl::StrCat("there is no field ", names_[next_], errors::DidYouMean(nearest)));
    return nearest.empty() ? error
                           : errors::WithMetadata(error, "nearest", absl::StrJoin(nearest, ","));
  }

  absl::Status Error(size_t position, const std::string& sentence) const {
    return errors::Error(types::v1::USAGE_INVALID, sentence,
                         {{"flag", flag_}, {"value", word_}, {"position", absl::StrCat(position)}});
  }

  const std::string& word_;
  const std::string& flag_;
  const size_t equals_;
  std::vector<std::string> names_;
  size_t next_ = 0;
  std::vector<std::string> path_;
};

}  // namespace

absl::StatusOr<std::string> Assign(const std::string& word, const std::string& flag,
                                   Message& record) {
  return Assignment(word, flag).Run(record);
}

}  // namespace chancery::ctl
