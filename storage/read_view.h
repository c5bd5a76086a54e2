#ifndef CHANCERY_STORAGE_READ_VIEW_H_
#define CHANCERY_STORAGE_READ_VIEW_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rocksdb/slice.h"
#include "storage/record.h"
#include "storage/table_spec.h"

namespace chancery::storage {

class Database;

// One version of one record. Owns its bytes (pinned in the block cache where possible): cheap to
// move, not copyable.
struct Version {
  // The mutation that wrote it; with the key it names the version.
  uint64_t seq = 0;
  RecordHeader header;
  // The message as stored. Points into `pinned`.
  absl::string_view payload;
  std::unique_ptr<rocksdb::PinnableSlice> pinned;

  // Takes a version apart. DATA_LOSS (STORE_CORRUPT) if the bytes are not a record.
  static absl::StatusOr<Version> Decode(uint64_t seq,
                                        std::unique_ptr<rocksdb::PinnableSlice> bytes);

  // The same of bytes that are at hand.
  static absl::StatusOr<Version> Own(uint64_t seq, std::string bytes);

  // Parses the payload. DATA_LOSS (STORE_CORRUPT) if it is not such a message.
  absl::Status ParseTo(google::protobuf::Message& message) const;
};

// A range of keys in a table or in an index: [from, to), an empty `to` meaning the end of the
// table or index. `reverse` walks it from the end.
struct KeyRange {
  std::string from;
  std::string to;
  bool reverse = false;
};

// Walks keys in order as of the view that made it. Use:
//
//   for (; cursor.Valid(); cursor.Next()) { ... }
//   RETURN_IF_ERROR(cursor.status());
//
// A cursor that is not Valid() has ended or failed; only status() tells which, so it must be asked.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual absl::Status status() const = 0;
  // The key within the table or index (for an index: the emitted key followed by the name; opaque
  // to callers, good for resuming a range).
  virtual absl::string_view key() const = 0;
  // The record's name.
  virtual absl::string_view name() const = 0;
};

// The store as it was after one mutation, forever. Reading and writing are different types: nothing
// can be changed through a view. Cheap to copy; thread-safe; must not outlive its Store.
class ReadView {
 public:
  ReadView(const Database* database, uint64_t seq) : database_(database), seq_(seq) {}

  uint64_t seq() const { return seq_; }

  // The record's version at this moment, deleted or live; nullopt if it did not exist yet.
  absl::StatusOr<std::optional<Version>> Get(const TableSpec& table, absl::string_view name) const;

  // The same for many names, in their order.
  absl::StatusOr<std::vector<std::optional<Version>>> MultiGet(
      const TableSpec& table, absl::Span<const std::string> names) const;

  // All records of a table in name order, deleted ones included. `name()` and `key()` are equal.
  std::unique_ptr<Cursor> Scan(const TableSpec& table, const KeyRange& range) const;

  // The entries of an index in key order. Live records only. An index that is not complete at this
  // view (see Store::IndexComplete) must not be asked.
  std::unique_ptr<Cursor> ScanIndex(const TableSpec& table, const IndexSpec& index,
                                    const KeyRange& range) const;

  // Versions of one record, newest first, from this view's moment back; at most `limit`, all with
  // seq < `before` when it is not 0.
  absl::StatusOr<std::vector<Version>> History(const TableSpec& table, absl::string_view name,
                                               uint64_t before, size_t limit) const;

 private:
  const Database* database_;
  uint64_t seq_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_READ_VIEW_H_
