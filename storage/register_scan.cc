#include "storage/register_scan.h"

#include "absl/strings/escaping.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/key_codec.h"
#include "storage/record.h"
#include "storage/sha256.h"

namespace chancery::storage {

absl::StatusOr<uint64_t> SeqAtTime(const Database& database, int64_t commit_time) {
  const auto times = database.Iterate(Family::kTimes, {});
  const std::string key = TimesKey(commit_time);
  (*times)->SeekForPrev(key);
  if (!(*times)->Valid()) {
    RETURN_IF_ERROR(times->status());
    return 0;
  }
  uint64_t seq;
  if (!DecodeSeq(times->value(), seq)) return CorruptError("the times of commits");
  return seq;
}

absl::StatusOr<uint64_t> CountLive(const Database& database, const TableSpec& table, uint64_t seq) {
  const std::string prefix = TablePrefix(table.id);
  const auto records = database.IterateAt(Family::kRecords, {prefix, PrefixEnd(prefix)}, seq);
  uint64_t live = 0;
  for ((*records)->SeekToFirst(); (*records)->Valid(); (*records)->Next()) {
    ASSIGN_OR_RETURN(const RecordView record, DecodeRecord(records->value()));
    if (!record.header.deleted()) ++live;
  }
  RETURN_IF_ERROR(records->status());
  return live;
}

absl::StatusOr<std::string> RegisterDigest(const Database& database, uint64_t seq) {
  const auto records = database.IterateAt(Family::kRecords, {}, seq);
  Sha256 digest;
  for ((*records)->SeekToFirst(); (*records)->Valid(); (*records)->Next()) {
    uint16_t table;
    absl::string_view name;
    if (!ParseRecordKey(records->key(), table, name)) return CorruptError("a record's key");
    ASSIGN_OR_RETURN(const RecordView record, DecodeRecord(records->value()));
    KeyWriter line;
    line.U16(table).Text(name).U64(records->seq()).U8(record.header.deleted() ? 1 : 0);
    line.U32(static_cast<uint32_t>(record.payload.size())).Raw(record.payload);
    digest.Update(line.key());
  }
  RETURN_IF_ERROR(records->status());
  return absl::BytesToHexString(digest.Finish());
}

}  // namespace chancery::storage
