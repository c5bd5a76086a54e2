#include "gateway/ctl/print/record_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "chancery/types/v1/name.pb.h"
#include "gateway/ctl/print/text_width.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/time_util.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Columns beside the name; and the first field number that is the same in all kinds.
constexpr size_t kMaxColumns = 5;
constexpr int kSharedFields = 40;

// Messages that read as one value.
bool IsValueMessage(const Descriptor& type) {
  return &type == types::v1::Date::descriptor() || &type == types::v1::Count::descriptor() ||
         &type == google::protobuf::Timestamp::descriptor();
}

std::string MessageValue(const Message& value) {
  if (const auto* date = dynamic_cast<const types::v1::Date*>(&value)) return date->edtf();
  if (const auto* count = dynamic_cast<const types::v1::Count*>(&value)) return CountText(*count);
  if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&value)) {
    return TimeText(*time);
  }
  return "";
}

// One value as text; `index` is -1 for a field that is not repeated.
std::string ValueText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& r = *message.GetReflection();
  const bool many = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return many ? r.GetRepeatedString(message, &field, index) : r.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return (many ? r.GetRepeatedEnum(message, &field, index) : r.GetEnum(message, &field))
          ->name();
    case FieldDescriptor::CPPTYPE_BOOL:
      return (many ? r.GetRepeatedBool(message, &field, index) : r.GetBool(message, &field))
                 ? "true"
                 : "false";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(many ? r.GetRepeatedInt32(message, &field, index)
                               : r.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(many ? r.GetRepeatedInt64(message, &field, index)
                               : r.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(many ? r.GetRepeatedMessage(message, &field, index)
                               : r.GetMessage(message, &field));
    default:
      return "";
  }
}

bool IsColumn(const FieldDescriptor& field) {
  if (field.is_repeated() || field.name() == "name" || field.name() == "title") return false;
  if (field.number() >= kSharedFields || absl::EndsWith(field.name(), "_as_stated") ||
      absl::EndsWith(field.name(), "_reason") || field.name() == "doubt") {
    return false;
  }
  return field.message_type() == nullptr || IsValueMessage(*field.message_type());
}

// Whether records of the kind are called anything but their resource name.
bool HasTitle(const Descriptor& kind) {
  return kind.FindFieldByName("names") != nullptr || kind.FindFieldByName("titles") != nullptr ||
         kind.FindFieldByName("title") != nullptr;
}

std::string Cell(const Message& record, const FieldDescriptor& field) {
  const bool set = record.GetReflection()->HasField(record, &field);
  return set ? ValueText(record, field, -1) : "";
}

// Writes "label: text", going on in lines that are indented further.
void AppendField(absl::string_view label, absl::string_view text, int indent, int width,
                 std::string& out) {
  const std::string margin(indent, ' ');
  const std::string line = absl::StrCat(label, text.empty() ? "" : " ", OneLine(text));
  if (width == 0) {
    absl::StrAppend(&out, margin, line, "\n");
    return;
  }
  absl::string_view start = margin;
  const std::string further(indent + 4, ' ');
  for (const std::string& part : WrapText(line, width - indent - 4)) {
    absl::StrAppend(&out, start, part, "\n");
    start = further;
  }
}

void AppendFields(const Message& message, int indent, int width, CitationNumbers& numbers,
                  std::string& out) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string label = absl::StrCat(field->name(), ":");
      if (field->message_type() == nullptr || IsValueMessage(*field->message_type())) {
        AppendField(label, ValueText(message, *field, field->is_repeated() ? i : -1), indent, width,
                    out);
        continue;
      }
      const Message& inner = field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                                  : reflection.GetMessage(message, field);
      const bool cites = inner.GetDescriptor() == types::v1::Citation::descriptor();
      AppendField(label, cites ? numbers.Of(inner) : "", indent, width, out);
      AppendFields(inner, indent + 2, width, numbers, out);
    }
  }
}

// The first published one of the repeated Name field `key`, else the first of all.
std::string NameIn(const Message& record, const char* key) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(key);
  if (field == nullptr || !field->is_repeated() ||
      field->message_type() != types::v1::Name::descriptor()) {
    return "";
  }
  std::string first;
  for (int i = 0; i < record.GetReflection()->FieldSize(record, field); ++i) {
    const auto& name = static_cast<const types::v1::Name&>(
        record.GetReflection()->GetRepeatedMessage(record, field, i));
    if (name.use() == types::v1::Name::PUBLISHED) return name.text();
    if (first.empty()) first = name.text();
  }
  return first;
}

std::string TextIn(const Message& record, const char* key) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(key);
  return field == nullptr || field->is_repeated() ? "" : Cell(record, *field);
}

}  // namespace

std::string TimeText(const google::protobuf::Timestamp& time) {
  return google::protobuf::util::TimeUtil::ToString(time);
}

std::string EnumWords(absl::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", " "}});
}

std::string CountText(const types::v1::Count& count) {
  switch (count.comparator()) {
    case types::v1::Count::GT:
      return absl::StrCat("more than ", count.value());
    case types::v1::Count::GE:
      return absl::StrCat("at least ", count.value());
    case types::v1::Count::VAGUE:
      return count.as_stated();
    default:
      return absl::StrCat(count.value());
  }
}

std::string DateText(const types::v1::Date& date) {
  if (date.edtf().empty()) return "undated";
  absl::string_view text = date.edtf();
  absl::ConsumePrefix(&text, "[");
  absl::ConsumeSuffix(&text, "]");
  absl::ConsumePrefix(&text, "{");
  absl::ConsumeSuffix(&text, "}");
  switch (date.shape()) {
    case types::v1::Date::WITHIN:
      return absl::StrCat("within ", text);
    case types::v1::Date::THROUGHOUT:
      return absl::StrReplaceAll(text, {{"/", " to "}});
    case types::v1::Date::ON_OR_BEFORE:
      return absl::StrCat("by ", absl::StripPrefix(text, ".."));
    case types::v1::Date::ON_OR_AFTER:
      return absl::StrCat(absl::StripSuffix(text, ".."), " or later");
    case types::v1::Date::ONGOING:
      return absl::StrCat("since ", absl::StripSuffix(text, "/.."));
    case types::v1::Date::END_UNKNOWN:
      return absl::StrCat("from ", absl::StripSuffix(text, "/"));
    case types::v1::Date::START_UNKNOWN:
      return absl::StrCat("until ", absl::StripPrefix(absl::StripPrefix(text, ".."), "/"));
    case types::v1::Date::ONE_OF:
      return absl::StrReplaceAll(text, {{",", " or "}});
    case types::v1::Date::ALL_OF:
      return absl::StrReplaceAll(text, {{",", " and "}, {"..", " to "}});
    default:
      return date.edtf();
  }
}

std::string DisplayName(const Message& record) {
  for (const char* key : {"names", "titles"}) {
    if (std::string name = NameIn(record, key); !name.empty()) return name;
  }
  std::string title = TextIn(record, "title");
  return title.empty() ? TextIn(record, "name") : title;
}

Table RecordTable(const Descriptor& kind, const std::vector<const Message*>& records,
                  bool show_deleted) {
  const bool titled = HasTitle(kind);
  Table table{{"name"}, {}};
  if (titled) table.columns.push_back("title");
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < kind.field_count() && fields.size() < kMaxColumns; ++i) {
    if (!IsColumn(*kind.field(i))) continue;
    fields.push_back(kind.field(i));
    table.columns.push_back(kind.field(i)->name());
  }
  if (show_deleted) {
    fields.push_back(kind.FindFieldByName("delete_time"));
    table.columns.push_back("delete_time");
  }
  for (const Message* record : records) {
    std::vector<std::string> row = {TextIn(*record, "name")};
    if (titled) row.push_back(DisplayName(*record));
    for (const FieldDescriptor* field : fields) row.push_back(Cell(*record, *field));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string AccountsText(const Message& record) {
  const Reflection& reflection = *record.GetReflection();
  const FieldDescriptor* accounts = record.GetDescriptor()->FindFieldByName("accounts");
  const FieldDescriptor* contested = record.GetDescriptor()->FindFieldByName("contested");
  if (accounts == nullptr || contested == nullptr) return "";
  const int count = reflection.FieldSize(record, accounts);
  std::string text = reflection.GetBool(record, contested) ? "contested" : "";
  if (count == 0) return text;
  return absl::StrCat(text, text.empty() ? "" : ", ", count, count == 1 ? " account" : " accounts");
}

std::string RecordText(const Message& record, int width, CitationNumbers& numbers) {
  std::string out;
  AppendFields(record, 0, width, numbers, out);
  return out;
}

}  // namespace chancery::ctl
