#ifndef CHANCERY_STORAGE_TRANSACTION_H_
#define CHANCERY_STORAGE_TRANSACTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/index_entries.h"
#include "storage/journal.h"
#include "storage/salt_source.h"
#include "storage/sequencer.h"

namespace chancery::storage {

// The newest versions that the open group has written, by RecordKey.
class GroupOverlay {
 public:
  struct Written {
    uint64_t seq = 0;
    std::string bytes;
  };

  const Written* Find(absl::string_view key) const;
  void Put(std::string key, Written written);
  // Adds the names of the table's records that are in it.
  void AddNames(uint16_t table, std::vector<std::string>& names) const;
  void Clear() { written_.clear(); }

 private:
  absl::flat_hash_map<std::string, Written> written_;
};

// One mutation in the making: its writes over the group's over the store's.
class GroupTransaction final : public Transaction {
 public:
  // Reads committed versions as of `base`. All of them must outlive the transaction.
  GroupTransaction(const Database* database, uint64_t base, const GroupOverlay* group,
                   SaltSource* salts, uint64_t seq, int64_t commit_time)
      : database_(database),
        base_(base),
        group_(group),
        salts_(salts),
        seq_(seq),
        commit_time_(commit_time) {}

  uint64_t seq() const override { return seq_; }
  int64_t commit_time() const override { return commit_time_; }
  void SetChangeKind(uint8_t kind) override { change_kind_ = kind; }
  std::optional<uint8_t> change_kind() const { return change_kind_; }
  absl::StatusOr<std::optional<Version>> Get(const TableSpec& table,
                                             absl::string_view name) override;
  std::vector<std::string> NamesWritten(const TableSpec& table) const override;
  absl::Status VisitCommitted(
      const TableSpec& table, const IndexSpec& index, const KeyRange& range,
      absl::FunctionRef<absl::StatusOr<bool>(const std::string& name)> visit) const override;
  absl::Status Put(const TableSpec& table, absl::string_view name,
                   const google::protobuf::Message& record, bool deleted) override;

  // The first error of a Put, which the mutation may have overlooked.
  const absl::Status& status() const { return status_; }
  // Bytes of the records written.
  size_t bytes() const { return bytes_; }
  bool empty() const { return effects_.empty(); }

  // Moves the writes into the group: index entries into `derived`, versions into `group`.
  // Returns the effects. Once.
  std::vector<Effect> Stage(GroupOverlay& group, rocksdb::WriteBatch& derived);

 private:
  struct Stored {
    uint64_t seq;
    std::unique_ptr<rocksdb::PinnableSlice> bytes;
  };

  absl::StatusOr<std::optional<Stored>> Read(const std::string& key);
  absl::Status TryPut(const TableSpec& table, absl::string_view name,
                      const google::protobuf::Message& record, bool deleted);
  absl::Status CheckLimits(absl::string_view name, size_t record_bytes) const;

  const Database* const database_;
  const uint64_t base_;
  const GroupOverlay* const group_;
  SaltSource* const salts_;
  const uint64_t seq_;
  const int64_t commit_time_;

  std::optional<uint8_t> change_kind_;
  std::vector<Effect> effects_;
  std::vector<IndexDiff> diffs_;
  // Where in `effects_` a RecordKey was written.
  absl::flat_hash_map<std::string, size_t> own_;
  // The RecordKey last looked for in vain: who checks that a name is free writes it next.
  std::string absent_;
  size_t bytes_ = 0;
  absl::Status status_;
};

// Adds the difference that one version of one record makes to the indexes.
void StageDiff(const Database& database, uint16_t table, absl::string_view name, uint64_t seq,
               const IndexDiff& diff, rocksdb::WriteBatch& batch);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_TRANSACTION_H_
