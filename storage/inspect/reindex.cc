#include "storage/inspect/reindex.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/index_entries.h"
#include "storage/recovery.h"
#include "storage/store_meta.h"
#include "storage/transaction.h"

namespace chancery::storage {
namespace {

constexpr size_t kBatchBytes = 4 << 20;

class Rebuild {
 public:
  Rebuild(Database& database, const std::vector<const TableSpec*>& tables)
      : database_(database), batch_(Database::NewBatch()) {
    for (const TableSpec* table : tables) tables_[table->id] = table;
  }

  absl::Status Add(const JournalEntry& entry) {
    database_.Put(batch_, Family::kTimes, TimesKey(entry.commit_time), EncodeSeq(entry.seq));
    for (const Effect& effect : entry.effects) {
      RETURN_IF_ERROR(AddEffect(entry.seq, effect));
    }
    return batch_.GetDataSize() < kBatchBytes ? absl::OkStatus() : Write();
  }

  absl::Status Write() {
    // Nothing is lost with these: until the rebuild has ended the store refuses to open.
    const absl::Status status = database_.Write(batch_, /*sync=*/false);
    batch_.Clear();
    return status;
  }

 private:
  absl::Status AddEffect(uint64_t seq, const Effect& effect) {
    const auto table = tables_.find(effect.table);
    if (table == tables_.end()) {
      return errors::Error(types::v1::USAGE_INVALID,
                           absl::StrCat("The store holds a table ", effect.table,
                                        " that this release does not know."),
                           {{"value", absl::StrCat(effect.table)}});
    }
    ASSIGN_OR_RETURN(const IndexEntries before, EntriesAt(*table->second, effect.key, seq - 1));
    IndexEntries after;
    if (effect.op == EffectOp::kPut) {
      ASSIGN_OR_RETURN(after, EntriesAt(*table->second, effect.key, seq));
    }
    StageDiff(database_, effect.table, effect.key, seq, DiffEntries(before, after), batch_);
    return absl::OkStatus();
  }

  absl::StatusOr<IndexEntries> EntriesAt(const TableSpec& table, absl::string_view name,
                                         uint64_t seq) const {
    ASSIGN_OR_RETURN(const auto found,
                     database_.GetAt(Family::kRecords, RecordKey(table.id, name), seq));
    if (!found.has_value()) return IndexEntries();
    ASSIGN_OR_RETURN(const RecordView version,
                     DecodeRecord({found->value->data(), found->value->size()}));
    return EntriesOf(table, version);
  }

  Database& database_;
  std::map<uint16_t, const TableSpec*> tables_;
  rocksdb::WriteBatch batch_;
};

}  // namespace

absl::Status Reindex(const StoreOptions& options,
                     const std::function<void(uint64_t done, uint64_t total)>& progress) {
  ASSIGN_OR_RETURN(const Recovered store, Recover(options));
  RETURN_IF_ERROR(BeginReindexing(*store.database));
  // Into a file: the indexes go at once, so the note of it must not depend on a log.
  RETURN_IF_ERROR(store.database->Flush());
  RETURN_IF_ERROR(store.database->Recreate(Family::kIndex));
  RETURN_IF_ERROR(store.database->Recreate(Family::kTimes));
  Rebuild rebuild(*store.database, options.tables);
  const uint64_t total = store.journal->LastSeq();
  RETURN_IF_ERROR(store.journal->Read(1, total, false, [&](const JournalEntry& entry) {
    RETURN_IF_ERROR(rebuild.Add(entry));
    if (progress) progress(entry.seq, total);
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(rebuild.Write());
  RETURN_IF_ERROR(store.database->Flush());
  // The journal reaches back to the first commit, so the indexes answer for every moment.
  return EndReindexing(*store.database, options.tables, options.unicode_version,
                       /*complete_from=*/0);
}

}  // namespace chancery::storage
