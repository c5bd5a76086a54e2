#ifndef CHANCERY_TESTS_BENCH_RAW_BATCHES_H_
#define CHANCERY_TESTS_BENCH_RAW_BATCHES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"

// What a store wrote, taken from its log, and the same written again by RocksDB alone.

namespace chancery::bench {

struct RawEntry {
  uint32_t family;
  std::string key;  // with its timestamp, where the family has them
  std::string value;
};

// What one commit wrote.
using RawBatch = std::vector<RawEntry>;

// The batches of a closed store, in order, as they lie in its log; that is all of them as long as
// the store has not flushed.
absl::StatusOr<std::vector<RawBatch>> ReadLog(const std::string& store_path);

// A RocksDB with as many families and no settings but those without which it would not be the same
// work: sync with every batch, no flush before the store would.
class RawDatabase {
 public:
  static absl::StatusOr<std::unique_ptr<RawDatabase>> Open(const std::string& path);
  ~RawDatabase();

  absl::Status Write(const RawBatch& batch);

 private:
  RawDatabase() = default;

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_RAW_BATCHES_H_
