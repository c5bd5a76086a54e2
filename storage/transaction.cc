#include "storage/transaction.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/range_cursor.h"

namespace chancery::storage {
namespace {

absl::string_view AsView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::string Serialize(const google::protobuf::Message& record) {
  std::string bytes;
  bytes.reserve(record.ByteSizeLong());  // also caches the sizes that serialising needs
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  record.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return bytes;
}

// Adds the name of a record's key if it is of the table.
void AddName(absl::string_view key, uint16_t table, std::vector<std::string>& names) {
  uint16_t of = 0;
  absl::string_view name;
  if (ParseRecordKey(key, of, name) && of == table) names.emplace_back(name);
}

absl::Status NameError(absl::string_view name, absl::string_view problem) {
  return errors::Error(types::v1::INTERNAL_FAULT,
                       absl::StrCat("The name ", name, " ", problem, "."),
                       {{"name", std::string(name)}});
}

}  // namespace

const GroupOverlay::Written* GroupOverlay::Find(absl::string_view key) const {
  const auto found = written_.find(key);
  return found == written_.end() ? nullptr : &found->second;
}

void GroupOverlay::Put(std::string key, Written written) {
  written_[std::move(key)] = std::move(written);
}

void GroupOverlay::AddNames(uint16_t table, std::vector<std::string>& names) const {
  for (const auto& [key, written] : written_) AddName(key, table, names);
}

absl::StatusOr<std::optional<GroupTransaction::Stored>> GroupTransaction::Read(
    const std::string& key) {
  const auto own = [&](absl::string_view bytes, uint64_t seq) {
    Stored stored{seq, std::make_unique<rocksdb::PinnableSlice>()};
    stored.bytes->PinSelf(rocksdb::Slice(bytes.data(), bytes.size()));
    return stored;
  };
  if (const auto put = own_.find(key); put != own_.end()) {
    return own(effects_[put->second].value, seq_);
  }
  if (const auto* written = group_->Find(key)) return own(written->bytes, written->seq);
  if (key == absent_) return std::nullopt;
  ASSIGN_OR_RETURN(auto found, database_->GetAt(Family::kRecords, key, base_));
  if (found.has_value()) return Stored{found->seq, std::move(found->value)};
  absent_ = key;
  return std::nullopt;
}

absl::StatusOr<std::optional<Version>> GroupTransaction::Get(const TableSpec& table,
                                                             absl::string_view name) {
  ASSIGN_OR_RETURN(std::optional<Stored> stored, Read(RecordKey(table.id, name)));
  if (!stored.has_value()) return std::nullopt;
  return Version::Decode(stored->seq, std::move(stored->bytes));
}

std::vector<std::string> GroupTransaction::NamesWritten(const TableSpec& table) const {
  std::vector<std::string> names;
  group_->AddNames(table.id, names);
  for (const auto& [key, effect] : own_) AddName(key, table.id, names);
  return names;
}

absl::Status GroupTransaction::VisitCommitted(
    const TableSpec& table, const IndexSpec& index, const KeyRange& range,
    absl::FunctionRef<absl::StatusOr<bool>(const std::string& name)> visit) const {
  const auto cursor = NewIndexCursor(*database_, table.id, index.id, range, base_);
  for (; cursor->Valid(); cursor->Next()) {
    const std::string name(cursor->name());
    const std::string key = RecordKey(table.id, name);
    if (own_.contains(key) || group_->Find(key) != nullptr) continue;
    ASSIGN_OR_RETURN(const bool more, visit(name));
    if (!more) return absl::OkStatus();
  }
  return cursor->status();
}

absl::Status GroupTransaction::Put(const TableSpec& table, absl::string_view name,
                                   const google::protobuf::Message& record, bool deleted) {
  absl::Status status = TryPut(table, name, record, deleted);
  if (status_.ok()) status_ = status;
  return status;
}

absl::Status GroupTransaction::TryPut(const TableSpec& table, absl::string_view name,
                                      const google::protobuf::Message& record, bool deleted) {
  std::string key = RecordKey(table.id, name);
  if (own_.contains(key)) return NameError(name, "was written twice in one mutation");
  const std::string payload = Serialize(record);
  RETURN_IF_ERROR(CheckLimits(name, payload.size()));

  RecordHeader header{.create_time = commit_time_,
                      .update_time = commit_time_,
                      .delete_time = deleted ? commit_time_ : 0,
                      .salt = salts_->Next()};
  IndexEntries before;
  ASSIGN_OR_RETURN(const std::optional<Stored> prior, Read(key));
  if (prior.has_value()) {
    ASSIGN_OR_RETURN(const RecordView version, DecodeRecord(AsView(*prior->bytes)));
    header.create_time = version.header.create_time;
    ASSIGN_OR_RETURN(before, EntriesOf(table, version));
  }
  diffs_.push_back(DiffEntries(before, deleted ? IndexEntries() : EntriesOf(table, record)));

  std::string bytes = EncodeRecord(header, payload);
  std::string digest = RecordDigest(header.salt, bytes);
  bytes_ += payload.size();
  own_.emplace(std::move(key), effects_.size());
  effects_.push_back({.table = table.id,
                      .key = std::string(name),
                      .op = deleted ? EffectOp::kDelete : EffectOp::kPut,
                      .digest = std::move(digest),
                      .value = std::move(bytes)});
  return absl::OkStatus();
}

absl::Status GroupTransaction::CheckLimits(absl::string_view name, size_t record_bytes) const {
  if (name.empty() || name.find('\0') != absl::string_view::npos) {
    return NameError(name, "can not be a key");
  }
  if (record_bytes > kMaxRecordBytes) {
    return errors::Error(
        types::v1::RECORD_TOO_LARGE,
        absl::StrCat("The record has ", record_bytes, " bytes; ", kMaxRecordBytes, " are allowed."),
        {{"bytes", absl::StrCat(record_bytes)}, {"limit", absl::StrCat(kMaxRecordBytes)}});
  }
  if (effects_.size() >= kMaxBatchRecords) {
    return errors::Error(
        types::v1::BATCH_TOO_LARGE,
        absl::StrCat("The batch has more than ", kMaxBatchRecords, " records."),
        {{"count", absl::StrCat(effects_.size() + 1)}, {"limit", absl::StrCat(kMaxBatchRecords)}});
  }
  if (bytes_ + record_bytes > kMaxBatchBytes) {
    return errors::Error(
        types::v1::BATCH_TOO_LARGE,
        absl::StrCat("The batch has more than ", kMaxBatchBytes, " bytes."),
        {{"bytes", absl::StrCat(bytes_ + record_bytes)}, {"limit", absl::StrCat(kMaxBatchBytes)}});
  }
  return absl::OkStatus();
}

std::vector<Effect> GroupTransaction::Stage(GroupOverlay& group, rocksdb::WriteBatch& derived) {
  for (size_t i = 0; i < effects_.size(); ++i) {
    const Effect& effect = effects_[i];
    StageDiff(*database_, effect.table, effect.key, seq_, diffs_[i], derived);
    group.Put(RecordKey(effect.table, effect.key), {seq_, effect.value});
  }
  own_.clear();
  return std::move(effects_);
}

void StageDiff(const Database& database, uint16_t table, absl::string_view name, uint64_t seq,
               const IndexDiff& diff, rocksdb::WriteBatch& batch) {
  for (const IndexEntry& entry : diff.removed) {
    database.DeleteAt(batch, Family::kIndex, IndexEntryKey(table, entry.index, entry.emitted, name),
                      seq);
  }
  for (const IndexEntry& entry : diff.added) {
    database.PutAt(batch, Family::kIndex, IndexEntryKey(table, entry.index, entry.emitted, name),
                   seq, "");
  }
}

}  // namespace chancery::storage
