#include "storage/read_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"
#include "storage/database.h"
#include "storage/engine_status.h"
#include "storage/key_codec.h"
#include "storage/range_cursor.h"

namespace chancery::storage {

absl::StatusOr<Version> Version::Decode(uint64_t seq,
                                        std::unique_ptr<rocksdb::PinnableSlice> bytes) {
  ASSIGN_OR_RETURN(const RecordView record, DecodeRecord({bytes->data(), bytes->size()}));
  return Version{seq, record.header, record.payload, std::move(bytes)};
}

absl::StatusOr<Version> Version::Own(uint64_t seq, std::string bytes) {
  auto owned = std::make_unique<rocksdb::PinnableSlice>();
  *owned->GetSelf() = std::move(bytes);
  owned->PinSelf();
  return Decode(seq, std::move(owned));
}

absl::Status Version::ParseTo(google::protobuf::Message& message) const {
  if (message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::OkStatus();
  }
  return CorruptError(absl::StrCat("a record that should be a ", message.GetTypeName()));
}

absl::StatusOr<std::optional<Version>> ReadView::Get(const TableSpec& table,
                                                     absl::string_view name) const {
  ASSIGN_OR_RETURN(auto found, database_->GetAt(Family::kRecords, RecordKey(table.id, name), seq_));
  if (!found.has_value()) return std::nullopt;
  return Version::Decode(found->seq, std::move(found->value));
}

absl::StatusOr<std::vector<std::optional<Version>>> ReadView::MultiGet(
    const TableSpec& table, absl::Span<const std::string> names) const {
  std::vector<std::string> keys;
  keys.reserve(names.size());
  for (const std::string& name : names) keys.push_back(RecordKey(table.id, name));
  ASSIGN_OR_RETURN(auto found, database_->MultiGetAt(Family::kRecords, keys, seq_));
  std::vector<std::optional<Version>> versions(names.size());
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i].has_value()) continue;
    ASSIGN_OR_RETURN(versions[i], Version::Decode(found[i]->seq, std::move(found[i]->value)));
  }
  return versions;
}

std::unique_ptr<Cursor> ReadView::Scan(const TableSpec& table, const KeyRange& range) const {
  return NewTableCursor(*database_, table.id, range, seq_);
}

std::unique_ptr<Cursor> ReadView::ScanIndex(const TableSpec& table, const IndexSpec& index,
                                            const KeyRange& range) const {
  return NewIndexCursor(*database_, table.id, index.id, range, seq_);
}

absl::StatusOr<std::vector<Version>> ReadView::History(const TableSpec& table,
                                                       absl::string_view name, uint64_t before,
                                                       size_t limit) const {
  const uint64_t newest = before == 0 ? seq_ : std::min(seq_, before - 1);
  const std::string key = RecordKey(table.id, name);
  const auto versions = database_->IterateVersions(Family::kRecords, {key, KeyAfter(key)}, newest);
  std::vector<Version> history;
  for ((*versions)->SeekToFirst(); (*versions)->Valid() && history.size() < limit;
       (*versions)->Next()) {
    auto bytes = std::make_unique<rocksdb::PinnableSlice>();
    bytes->PinSelf((*versions)->value());
    ASSIGN_OR_RETURN(Version version, Version::Decode(versions->seq(), std::move(bytes)));
    history.push_back(std::move(version));
  }
  RETURN_IF_ERROR(versions->status());
  return history;
}

}  // namespace chancery::storage
