#ifndef CHANCERY_STORAGE_SEQUENCER_H_
#define CHANCERY_STORAGE_SEQUENCER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/read_view.h"
#include "storage/table_spec.h"

namespace chancery::storage {

// What one mutation sees and does. It reads the store as it will be when its turn comes: everything
// committed, plus the mutations before it in the same group. Lives on the sequencer's thread for
// the length of Mutation::apply.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // This mutation's place and time in the record.
  virtual uint64_t seq() const = 0;
  virtual int64_t commit_time() const = 0;

  // What kind of change it turned out to be, where that shows only now (Mutation::change_kind).
  virtual void SetChangeKind(uint8_t kind) = 0;

  virtual absl::StatusOr<std::optional<Version>> Get(const TableSpec& table,
                                                     absl::string_view name) = 0;

  // What stands near a record, for checks between several: first the names of all records of a
  // table that this mutation and its group have written; then, for those that they have not, a walk
  // over an index as it is committed, in the order of the range, until `visit` says false or fails.
  // What a name has now, Get says. The index must be complete.
  virtual std::vector<std::string> NamesWritten(const TableSpec& table) const = 0;
  virtual absl::Status VisitCommitted(
      const TableSpec& table, const IndexSpec& index, const KeyRange& range,
      absl::FunctionRef<absl::StatusOr<bool>(const std::string& name)> visit) const = 0;

  // Writes the record's next version. create_time is carried over from the version before;
  // `deleted` makes it a tombstone (delete_time = commit time), which leaves all indexes.
  // A name may be written once in a mutation: the second is INTERNAL.
  // INVALID_ARGUMENT (RECORD_TOO_LARGE) over kMaxRecordBytes.
  virtual absl::Status Put(const TableSpec& table, absl::string_view name,
                           const google::protobuf::Message& record, bool deleted) = 0;
  absl::Status Put(const TableSpec& table, absl::string_view name,
                   const google::protobuf::Message& record) {
    return Put(table, name, record, /*deleted=*/false);
  }
};

struct Mutation {
  // As claimed by the client until there is authentication.
  std::string principal;
  // Empty, or the client's id for this request: a repetition within 24 h of commit time is answered
  // from the first commit instead of being applied again. `request_digest` tells a repetition from
  // another request under the same id, which is refused (REQUEST_ID_REUSED).
  std::string request_id;
  std::string request_digest;
  uint8_t change_kind = 0;
  std::string note;
  // All checks run, nothing is committed and no seq is used.
  bool validate_only = false;
  // Set by a restore alone: the place and the time that the mutation had in the store that it comes
  // from, instead of the next ones of this store. It must be the next place, and the time must be
  // after the newest commit's (STORE_NOT_EMPTY). It may lie before moments that were read at while
  // the store had nothing to show for them; see docs/adr/0012.
  struct Restored {
    uint64_t seq = 0;
    int64_t commit_time = 0;
  };
  std::optional<Restored> restored = std::nullopt;
  // Validates and writes. Called once, on the sequencer's thread; must not block. An error drops
  // the mutation without a trace and is returned to the caller as it is.
  absl::AnyInvocable<absl::Status(Transaction&)> apply;
};

struct Commit {
  uint64_t seq = 0;
  int64_t commit_time = 0;
  // True if an earlier commit under the same request_id is being repeated.
  bool replayed = false;
  // The versions written, in order of the Puts.
  struct Written {
    uint16_t table = 0;
    std::string name;
    // As a view at `seq` reads them (Version::Own); empty where `replayed`.
    std::string bytes;
  };
  std::vector<Written> written;
};

inline constexpr size_t kMaxRecordBytes = 256 << 10;
inline constexpr size_t kMaxBatchBytes = 1 << 20;
inline constexpr size_t kMaxBatchRecords = 100;

// Puts mutations into one order and makes them durable in groups.
//
// One thread takes what has queued since the last fsync, applies each mutation over an overlay of
// the group, and commits the group in one synced write; then readers see all of it at once, and
// `done` is called for each. There is no timer: a group is what came while the disk was busy.
class Sequencer {
 public:
  virtual ~Sequencer() = default;

  // Queues a mutation; `done` is called exactly once, on the sequencer's thread or, when the queue
  // is full (RESOURCE_EXHAUSTED, STORE_BUSY) or closed (UNAVAILABLE), on the caller's. A commit
  // whose fate is unknown is COMMIT_INDETERMINATE: it may be there after a restart, so the caller
  // asks again under the same request_id. Thread-safe; never blocks.
  virtual void Submit(Mutation mutation, absl::AnyInvocable<void(absl::StatusOr<Commit>)> done) = 0;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_SEQUENCER_H_
