#ifndef CHANCERY_STORAGE_DATABASE_H_
#define CHANCERY_STORAGE_DATABASE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/failure_latch.h"
#include "storage/layout.h"
#include "storage/store_lock.h"

namespace chancery::storage {

struct DatabaseOptions {
  std::string path;
  rocksdb::Env* env = nullptr;
  std::shared_ptr<rocksdb::Cache> block_cache;
  // For `inspect`: nothing is created or written.
  bool read_only = false;
  // False: commits are not fsynced. For the test that shows why they are.
  bool sync = true;
};

// The engine's iterator together with everything that must live as long as it does. Reads as of one
// seq (or, with all_versions, every version up to it). Not thread-safe.
class EngineIterator {
 public:
  struct Range {
    std::string from;
    // Empty: no bound.
    std::string to;
  };
  EngineIterator(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family, Range range,
                 std::optional<uint64_t> seq, bool all_versions);

  rocksdb::Iterator& operator*() { return *iterator_; }
  rocksdb::Iterator* operator->() { return iterator_.get(); }
  const rocksdb::Iterator* operator->() const { return iterator_.get(); }

  // The user's key, whichever form the engine shows it in.
  absl::string_view key() const;
  absl::string_view value() const;
  // The version's seq; versioned families only.
  uint64_t seq() const;
  // Whether the engine deleted the key at that seq; with all versions only, else it is not shown.
  bool deletion() const;
  // Must be asked when the iterator is not Valid().
  absl::Status status() const;

 private:
  const Range range_;
  const bool all_versions_;
  const std::string timestamp_;
  const std::string oldest_;
  rocksdb::Slice timestamp_slice_, oldest_slice_, from_slice_, to_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

// RocksDB as the store uses it: the column families, the safe options for every read and write,
// errors translated. Knows neither records nor commits. Thread-safe.
class Database {
 public:
  // Creates or opens and takes the store's lock. Errors as Store::Open has them. `latch` must
  // outlive the database.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const DatabaseOptions& options,
                                                        FailureLatch* latch);
  ~Database();

  rocksdb::Env* env() const { return options_.env; }

  // A value of a family that is not versioned; nullopt if there is none.
  absl::StatusOr<std::optional<std::string>> Get(Family family, absl::string_view key) const;

  // A value as of `seq`, with the seq that wrote it.
  struct Found {
    uint64_t seq = 0;
    std::unique_ptr<rocksdb::PinnableSlice> value;
  };
  absl::StatusOr<std::optional<Found>> GetAt(Family family, absl::string_view key,
                                             uint64_t seq) const;
  absl::StatusOr<std::vector<std::optional<Found>>> MultiGetAt(Family family,
                                                               const std::vector<std::string>& keys,
                                                               uint64_t seq) const;

  std::unique_ptr<EngineIterator> Iterate(Family family, EngineIterator::Range range) const;
  std::unique_ptr<EngineIterator> IterateAt(Family family, EngineIterator::Range range,
                                            uint64_t seq) const;
  // Every version up to `seq`: keys ascending, a key's versions newest first, engine deletions
  // included. Forward only.
  std::unique_ptr<EngineIterator> IterateVersions(Family family, EngineIterator::Range range,
                                                  uint64_t seq) const;

  // An empty batch with checksums on its entries.
  static rocksdb::WriteBatch NewBatch();
  void Put(rocksdb::WriteBatch& batch, Family family, absl::string_view key,
           absl::string_view value) const;
  void PutAt(rocksdb::WriteBatch& batch, Family family, absl::string_view key, uint64_t seq,
             absl::string_view value) const;
  void Delete(rocksdb::WriteBatch& batch, Family family, absl::string_view key) const;
  void DeleteAt(rocksdb::WriteBatch& batch, Family family, absl::string_view key,
                uint64_t seq) const;

  // Writes all or nothing and, if `sync`, makes it durable. An error means indeterminate.
  absl::Status Write(rocksdb::WriteBatch& batch, bool sync);

  // Drops all of a family and starts it anew.
  absl::Status Recreate(Family family);
  absl::Status Flush();
  absl::Status CompactAll();
  // Entries in the files of a family. Right after opening these are all: the logs have become
  // files.
  absl::StatusOr<uint64_t> CountInFiles(Family family) const;
  // Reads every block of every file against its checksums.
  absl::Status VerifyChecksums() const;

 private:
  Database(const DatabaseOptions& options, std::unique_ptr<StoreLock> lock);

  rocksdb::ColumnFamilyHandle* Handle(Family family) const {
    return handles_[static_cast<size_t>(family)];
  }
  rocksdb::Status OpenEngine(FailureLatch* latch);

  const DatabaseOptions options_;
  const std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies> handles_ = {};
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_DATABASE_H_
