#include "gateway/rpc/history_lines.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/records.pb.h"
#include "gateway/records/json_record.h"
#include "gateway/rpc/records.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::Message;

std::string NameIn(const Message& record) {
  return record.GetReflection()->GetString(record, record.GetDescriptor()->FindFieldByName("name"));
}

absl::Status Missing(const char* field) {
  return errors::Error(types::v1::REQUIRED_FIELD_MISSING, absl::StrCat(field, " is required"),
                       {{"field", field}});
}

// The record of a kind that the contract has.
absl::StatusOr<std::unique_ptr<Message>> Unpack(const google::protobuf::Any& any) {
  std::string type_name;
  const google::protobuf::Descriptor* type = nullptr;
  if (google::protobuf::Any::ParseAnyTypeUrl(any.type_url(), &type_name)) {
    type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type_name);
  }
  if (type == nullptr || type->FindFieldByName("name") == nullptr) return Missing("record");
  std::unique_ptr<Message> record(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!any.UnpackTo(record.get())) return Missing("record");
  return record;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> RecordOf(const Collections& collections,
                                                  const types::v1::AnyRecord& bytes) {
  const Collection* collection = collections.Of(bytes.name());
  std::unique_ptr<Message> record = collection == nullptr ? nullptr : NewRecord(*collection);
  if (record != nullptr && record->ParseFromString(bytes.record())) return record;
  return errors::Error(types::v1::INTERNAL_FAULT,
                       absl::StrCat("the bytes of ", bytes.name(), " are no record of its kind"));
}

absl::StatusOr<std::vector<std::string>> HistoryLines(const Collections& collections,
                                                      const types::v1::Change& change) {
  std::vector<std::string> lines;
  for (const auto& changed : change.records()) {
    ASSIGN_OR_RETURN(const auto record, RecordOf(collections, changed.record()));
    records::ClearComputed(*record);
    v1::HistoryLine line;
    *line.mutable_commit_time() = change.commit_time();
    line.set_principal(change.principal());
    *line.mutable_change_note() = change.change_note();
    line.set_deleted(changed.deleted());
    line.mutable_record()->PackFrom(*record);
    ASSIGN_OR_RETURN(std::string text, records::WriteJson(line));
    lines.push_back(std::move(text));
  }
  return lines;
}

absl::StatusOr<HistoryEntry> ReadHistoryLine(const Collections& collections,
                                             const std::string& line) {
  v1::HistoryLine read;
  RETURN_IF_ERROR(records::ReadJson(line, read));
  if (!read.has_commit_time()) return Missing("commitTime");
  ASSIGN_OR_RETURN(const auto record, Unpack(read.record()));
  HistoryEntry entry;
  const std::string name = NameIn(*record);
  ASSIGN_OR_RETURN(entry.collection, CollectionNamed(collections, name));
  *entry.change.mutable_commit_time() = read.commit_time();
  entry.change.set_principal(read.principal());
  *entry.change.mutable_change_note() = read.change_note();
  auto& changed = *entry.change.add_records();
  changed.mutable_record()->set_name(name);
  record->SerializeToString(changed.mutable_record()->mutable_record());
  changed.set_deleted(read.deleted());
  return entry;
}

}  // namespace chancery::gateway::rpc
