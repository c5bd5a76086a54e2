#include "gateway/records/json_record.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/stubs/common.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::records {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr char kNoField[] = ": Cannot find field";

const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == name || type.field(i)->json_name() == name) return type.field(i);
  }
  return nullptr;
}

// What `path` ("names[0].txet") could have ended with: fields of its message, or values of its enum
// if `value` is what is wrong.
std::vector<std::string> Nearest(const Descriptor& root, absl::string_view path,
                                 absl::string_view value) {
  const Descriptor* type = &root;
  for (const absl::string_view step : absl::StrSplit(path, '.')) {
    const std::string name(step.substr(0, step.find('[')));
    const FieldDescriptor* field = FindField(*type, name);
    std::vector<std::string> known;
    if (field == nullptr) {
      for (int i = 0; i < type->field_count(); ++i) known.push_back(type->field(i)->json_name());
      return errors::NearestNames(name, known);
    }
    if (field->enum_type() != nullptr) {
      const auto& values = *field->enum_type();
      for (int i = 0; i < values.value_count(); ++i) known.push_back(values.value(i)->name());
      return errors::NearestNames(value, known);
    }
    if (field->message_type() == nullptr) return {};
    type = field->message_type();
  }
  return {};
}

// The text between the first `open` and the last `close` behind it.
std::string Between(absl::string_view text, char open, char close) {
  const size_t start = text.find(open);
  const size_t end = text.find(close, start + 1);
  if (start == text.npos || end == text.npos) return "";
  return std::string(text.substr(start + 1, end - start - 1));
}

// protobuf says "(path): what is wrong" about a value and "(path) name: Cannot find field." about a
// field, without "(path) " in the record itself ...
absl::Status FieldError(const Descriptor& type, absl::string_view words) {
  std::string path = absl::StartsWith(words, "(") ? Between(words, '(', ')') : "";
  const size_t colon = words.find(':', words.find(')') == words.npos ? 0 : words.find(')'));
  const std::string rule(absl::StripAsciiWhitespace(words.substr(colon + 1)));
  const bool no_field = absl::StrContains(words, kNoField);
  if (no_field) {
    const absl::string_view name = words.substr(path.empty() ? 0 : path.size() + 2, colon);
    const std::string last(absl::StripAsciiWhitespace(name.substr(0, name.find(':'))));
    absl::StrAppend(&path, path.empty() ? "" : ".", last);
  }
  const std::string value = Between(rule, '"', '"');
  const std::vector<std::string> nearest = Nearest(type, path, value);
  const std::string sentence =
      no_field ? absl::StrCat("there is no field ", path) : absl::StrCat(path, ": ", rule);
  return errors::Error(types::v1::FIELD_INVALID,
                       absl::StrCat(sentence, errors::DidYouMean(nearest)),
                       {{"field", path},
                        {"value", value},
                        {"rule", rule},
                        {"nearest", absl::StrJoin(nearest, ",")}});
}

// ... and "what is wrong", the place, and a caret under it about text that is not JSON.
absl::Status SyntaxError(const Descriptor& type, absl::string_view words) {
  const std::vector<std::string> parts = absl::StrSplit(words, '\n');
  errors::Metadata metadata = {{"message_type", type.full_name()}};
  if (parts.size() >= 3) {
    metadata.emplace_back("line_text", parts[1]);
    metadata.emplace_back("position", absl::StrCat(parts[2].find('^')));
  }
  const std::string sentence(absl::StripSuffix(parts.front(), "."));
  return errors::Error(types::v1::REQUEST_UNDECODABLE, absl::StrCat("not JSON: ", sentence),
                       std::move(metadata));
}

// Looks for the name in the outermost object without reading the rest of it: what is wrong with
// that shows when it is read. Empty where the name is not plain to see.
class NameScan {
 public:
  explicit NameScan(absl::string_view text) : rest_(text) {}

  std::string Find() {
    if (!Skip('{')) return "";
    for (;;) {
      const absl::string_view key = Text();
      if (key.data() == nullptr || !Skip(':')) return "";
      SkipBlanks();
      const bool is_text = !rest_.empty() && rest_.front() == '"';
      if (key == "name") return is_text ? std::string(Text()) : "";
      if (!SkipValue() || !Skip(',')) return "";
    }
  }

 private:
  void SkipBlanks() { rest_ = absl::StripLeadingAsciiWhitespace(rest_); }

  bool Skip(char wanted) {
    SkipBlanks();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A string without escapes; null if there is none.
  absl::string_view Text() {
    if (!Skip('"')) return {};
    const size_t end = rest_.find_first_of("\"\\");
    if (end == rest_.npos || rest_[end] != '"') return {};
    const absl::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text;
  }

  // Goes behind a string, escapes and all.
  bool SkipText() {
    for (size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
      } else if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return true;
      }
    }
    return false;
  }

  // Goes on to the comma behind a value.
  bool SkipValue() {
    for (int depth = 0;;) {
      const size_t next = rest_.find_first_of("\"{}[],");
      if (next == rest_.npos) return false;
      rest_.remove_prefix(next);
      const char found = rest_.front();
      if (found == '"') {
        if (!SkipText()) return false;
        continue;
      }
      if (depth == 0 && found == ',') return true;
      if (found == '{' || found == '[') ++depth;
      if ((found == '}' || found == ']') && --depth < 0) return false;
      rest_.remove_prefix(1);
    }
  }

  absl::string_view rest_;
};

}  // namespace

absl::Status ReadJson(const std::string& text, google::protobuf::Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return absl::OkStatus();
  const std::string words(status.message().data(), status.message().size());
  const bool about_field = absl::StartsWith(words, "(") || absl::StrContains(words, kNoField);
  return about_field ? FieldError(*message.GetDescriptor(), words)
                     : SyntaxError(*message.GetDescriptor(), words);
}

absl::StatusOr<std::string> NameOf(const std::string& text) {
  if (std::string name = NameScan(text).Find(); !name.empty()) return name;
  google::protobuf::Struct object;
  RETURN_IF_ERROR(ReadJson(text, object));
  const auto found = object.fields().find("name");
  if (found == object.fields().end() || found->second.string_value().empty()) {
    return errors::Error(types::v1::REQUIRED_FIELD_MISSING,
                         "the line has no name, which says what it is", {{"field", "name"}});
  }
  return found->second.string_value();
}

absl::Status CheckUtf8(const std::string& text) {
  if (google::protobuf::internal::IsStructurallyValidUTF8(text.data(),
                                                          static_cast<int>(text.size()))) {
    return absl::OkStatus();
  }
  return errors::Error(types::v1::TEXT_NOT_UTF8, "the line is not UTF-8 text", {{"field", "text"}});
}

}  // namespace chancery::gateway::records
