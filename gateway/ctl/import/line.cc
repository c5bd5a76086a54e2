#include "gateway/ctl/import/line.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "chancery/types/v1/change.pb.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/call/uuid.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/error.h"
#include "proto/errors/excerpt.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
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

absl::StatusOr<std::string> NameIn(const std::string& text) {
  google::protobuf::Struct object;
  RETURN_IF_ERROR(ReadJson(text, object));
  const auto found = object.fields().find("name");
  if (found == object.fields().end() || found->second.string_value().empty()) {
    return errors::Error(types::v1::REQUIRED_FIELD_MISSING,
                         "the line has no name, which says what it is", {{"field", "name"}});
  }
  return found->second.string_value();
}

}  // namespace

std::vector<ImportLine> ReadLines(std::istream& in, const std::string& file,
                                  const std::string& dataset) {
  std::vector<ImportLine> lines;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (absl::EndsWith(text, "\r")) text.pop_back();
    if (absl::StripAsciiWhitespace(text).empty()) continue;
    lines.push_back({dataset, file, number, text});
  }
  return lines;
}

absl::Status ReadJson(const std::string& text, google::protobuf::Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return absl::OkStatus();
  const std::string words(status.message().data(), status.message().size());
  const bool about_field = absl::StartsWith(words, "(") || absl::StrContains(words, kNoField);
  return about_field ? FieldError(*message.GetDescriptor(), words)
                     : SyntaxError(*message.GetDescriptor(), words);
}

absl::StatusOr<LineRecord> ReadRecord(const std::string& text) {
  LineRecord record;
  ASSIGN_OR_RETURN(record.name, NameIn(text));
  ASSIGN_OR_RETURN(record.kind, KindOfName(record.name));
  record.message = NewMessage(record.kind->message);
  RETURN_IF_ERROR(ReadJson(text, *record.message));
  return record;
}

void SetOrigin(const ImportLine& line, LineRecord& record) {
  auto& origin = static_cast<types::v1::Origin&>(*MutableField(*record.message, "origin"));
  if (!origin.dataset().empty() || !origin.line_digest().empty()) return;
  origin.set_dataset(line.dataset);
  origin.set_key(record.name);
  origin.set_line_digest(absl::StrCat("sha256:", Sha256Hex(line.text)));
}

absl::Status AtLine(const absl::Status& error, const ImportLine& line) {
  return errors::WithMetadata(errors::WithMetadata(error, "file", line.file), "line",
                              absl::StrCat(line.number));
}

}  // namespace chancery::ctl
