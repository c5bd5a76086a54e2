#include "services/resource/any_record.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/accounts.h"
#include "services/resource/annotations.h"
#include "services/resource/catalog.h"
#include "storage/sequencer.h"

namespace chancery::resource {
namespace {

using google::protobuf::Message;

void SetText(Message& record, const char* field, const std::string& text) {
  record.GetReflection()->SetString(&record, record.GetDescriptor()->FindFieldByName(field), text);
}

absl::Status CheckSize(const Message& record) {
  const size_t bytes = record.ByteSizeLong();
  if (bytes <= storage::kMaxRecordBytes) return absl::OkStatus();
  return errors::Error(
      types::v1::RECORD_TOO_LARGE,
      absl::StrCat("the record has ", bytes, " bytes; ", storage::kMaxRecordBytes, " are allowed"),
      {{"bytes", absl::StrCat(bytes)}, {"limit", absl::StrCat(storage::kMaxRecordBytes)}});
}

}  // namespace

const ResourceSpec* SpecOf(const Context& context, absl::string_view name) {
  const storage::TableSpec* table = context.FindTable(CollectionOf(name));
  for (const ResourceSpec* spec : context.specs()) {
    if (spec->table == table) return spec;
  }
  return nullptr;
}

std::string StoredBytes(const Message& record) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  record.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

absl::StatusOr<KnownRecord> ReadAnyRecord(const Context& context,
                                          const types::v1::AnyRecord& bytes) {
  KnownRecord known{SpecOf(context, bytes.name()), bytes.name(), nullptr};
  const Kind* kind =
      known.spec == nullptr ? nullptr : FindKindByCollection(known.spec->table->name);
  RETURN_IF_ERROR(CheckName("name", known.name, kind));
  if (known.spec == nullptr) {
    return errors::Error(
        types::v1::RESOURCE_NAME_INVALID,
        absl::StrCat("name: the ", context.service(), " service has no ", known.name),
        {{"field", "name"}, {"value", known.name}, {"pattern", ""}});
  }
  known.record.reset(known.spec->table->prototype->New());
  if (!known.record->ParseFromString(bytes.record())) {
    const std::string& type = known.record->GetDescriptor()->full_name();
    return errors::Error(types::v1::REQUEST_UNDECODABLE,
                         absl::StrCat("the bytes of ", known.name, " are not a ", type),
                         {{"message_type", type}});
  }
  SetText(*known.record, "name", known.name);
  SetText(*known.record, "etag", "");
  RETURN_IF_ERROR(Prepare(*known.record));
  RETURN_IF_ERROR(SettleAccounts(*known.record));
  RETURN_IF_ERROR(CheckSize(*known.record));
  return known;
}

}  // namespace chancery::resource
