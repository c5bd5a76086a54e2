#include "gateway/ctl/revise/leaves.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/json.h"
#include "gateway/records/json_record.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/time_util.h"

namespace chancery::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const FieldDescriptor* IdOf(const FieldDescriptor& field) {
  if (!field.is_repeated() || field.message_type() == nullptr) return nullptr;
  return field.message_type()->FindFieldByName("id");
}

// A time or a mask is one value.
bool IsOneValue(const FieldDescriptor& field) {
  return field.message_type() == nullptr ||
         field.message_type() == google::protobuf::Timestamp::descriptor() ||
         field.message_type() == google::protobuf::FieldMask::descriptor();
}

std::string MessageText(const Message& message) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    return google::protobuf::util::TimeUtil::ToString(
        static_cast<const google::protobuf::Timestamp&>(message));
  }
  if (message.GetDescriptor() == google::protobuf::FieldMask::descriptor()) {
    return google::protobuf::util::FieldMaskUtil::ToString(
        static_cast<const google::protobuf::FieldMask&>(message));
  }
  return "";
}

// One value as JSON and as text; `index` is -1 for a field that is not repeated.
Leaf ValueOf(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& r = *message.GetReflection();
  const bool many = index >= 0;
  const auto quoted = [](const std::string& text) { return Leaf{"", JsonString(text), text}; };
  const auto plain = [](const std::string& text) { return Leaf{"", text, text}; };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return quoted(many ? r.GetRepeatedString(message, &field, index)
                         : r.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return quoted(
          (many ? r.GetRepeatedEnum(message, &field, index) : r.GetEnum(message, &field))->name());
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& value =
          many ? r.GetRepeatedMessage(message, &field, index) : r.GetMessage(message, &field);
      const std::string text = MessageText(value);
      return text.empty() ? plain(ToJson(value)) : quoted(text);
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const std::string number = absl::StrCat(many ? r.GetRepeatedInt64(message, &field, index)
                                                   : r.GetInt64(message, &field));
      return quoted(number);
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return plain(absl::StrCat(many ? r.GetRepeatedInt32(message, &field, index)
                                     : r.GetInt32(message, &field)));
    default:
      return plain((many ? r.GetRepeatedBool(message, &field, index) : r.GetBool(message, &field))
                       ? "true"
                       : "false");
  }
}

void Collect(const Message& message, const std::string& prefix, std::vector<Leaf>& leaves);

Leaf ListLeaf(const Message& message, const FieldDescriptor& field, const std::string& path) {
  std::vector<std::string> json;
  std::vector<std::string> texts;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    Leaf one = ValueOf(message, field, i);
    json.push_back(std::move(one.json));
    texts.push_back(std::move(one.text));
  }
  return {path, JsonArray(json), absl::StrJoin(texts, ", ")};
}

void CollectElements(const Message& message, const FieldDescriptor& field, const std::string& path,
                     std::vector<Leaf>& leaves) {
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    const Message& element = message.GetReflection()->GetRepeatedMessage(message, &field, i);
    const Leaf id = ValueOf(element, *IdOf(field), -1);
    const std::string inside = absl::StrCat(path, ".", id.text, ".");
    const size_t before = leaves.size();
    Collect(element, inside, leaves);
    // Where there is nothing else the id says that there is an element.
    if (leaves.size() == before) leaves.push_back({inside + "id", id.json, id.text});
  }
}

void CollectField(const Message& message, const FieldDescriptor& field, const std::string& path,
                  std::vector<Leaf>& leaves) {
  if (IdOf(field) != nullptr) {
    CollectElements(message, field, path, leaves);
  } else if (field.is_repeated()) {
    leaves.push_back(ListLeaf(message, field, path));
  } else if (IsOneValue(field)) {
    Leaf leaf = ValueOf(message, field, -1);
    leaf.path = path;
    leaves.push_back(std::move(leaf));
  } else {
    Collect(message.GetReflection()->GetMessage(message, &field), path + ".", leaves);
  }
}

void Collect(const Message& message, const std::string& prefix, std::vector<Leaf>& leaves) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool of_record = prefix.empty();
    const bool state = field->name() == "delete_time" || field->name() == "contested";
    if (gateway::records::IsComputed(*field) && !(of_record && state)) continue;
    if (field->name() == (of_record ? "name" : "id")) continue;
    CollectField(message, *field, prefix + field->name(), leaves);
  }
}

}  // namespace

std::vector<Leaf> LeavesOf(const Message& record) {
  std::vector<Leaf> leaves;
  Collect(record, "", leaves);
  return leaves;
}

std::vector<Change> Differences(const Message& before, const Message& after) {
  const std::vector<Leaf> old_leaves = LeavesOf(before);
  const std::vector<Leaf> new_leaves = LeavesOf(after);
  std::map<std::string, Leaf> later;
  for (const Leaf& leaf : new_leaves) later[leaf.path] = leaf;
  std::set<std::string> seen;
  std::vector<Change> changes;
  for (const Leaf& leaf : old_leaves) {
    seen.insert(leaf.path);
    const auto found = later.find(leaf.path);
    if (found == later.end()) {
      changes.push_back({leaf.path, leaf, {}});
    } else if (found->second.json != leaf.json) {
      changes.push_back({leaf.path, leaf, found->second});
    }
  }
  for (const Leaf& leaf : new_leaves) {
    if (seen.count(leaf.path) == 0) changes.push_back({leaf.path, {}, leaf});
  }
  return changes;
}

Table ChangeTable(const std::vector<Change>& changes) {
  Table table{{"path", "before", "after"}, {}};
  for (const Change& change : changes) {
    table.rows.push_back({change.path, change.before.text, change.after.text});
  }
  return table;
}

std::vector<std::string> ChangesJson(const std::vector<Change>& changes) {
  std::vector<std::string> json;
  for (const Change& change : changes) {
    std::vector<std::pair<std::string, std::string>> members = {{"path", JsonString(change.path)}};
    if (!change.before.json.empty()) members.emplace_back("before", change.before.json);
    if (!change.after.json.empty()) members.emplace_back("after", change.after.json);
    json.push_back(JsonObject(members));
  }
  return json;
}

}  // namespace chancery::ctl
