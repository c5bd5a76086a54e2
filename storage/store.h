#ifndef CHANCERY_STORAGE_STORE_H_
#define CHANCERY_STORAGE_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "rocksdb/cache.h"
#include "rocksdb/env.h"
#include "storage/clock.h"
#include "storage/journal.h"
#include "storage/read_view.h"
#include "storage/sequencer.h"
#include "storage/table_spec.h"

namespace chancery::storage {

enum class HighWater {
  // Noted within 100 ms of a commit: a lost WAL tail is detected unless it is younger than that.
  kPeriodic,
  // Noted before a commit is acknowledged: any lost acknowledged commit is detected.
  kEveryCommit,
};

struct StoreOptions {
  std::string path;
  std::vector<const TableSpec*> tables;
  // The version of the Unicode library that the tables' `emit`s use, if they do: part of what their
  // indexes were derived under. Storage itself knows no Unicode.
  std::string unicode_version;
  const Clock* clock = Clock::System();
  // Null: the operating system's files. Tests pass an in-memory or fault-injecting one; the
  // high-water file goes through it too.
  rocksdb::Env* env = nullptr;
  // Null: a block cache of 64 MiB of the store's own.
  std::shared_ptr<rocksdb::Cache> block_cache;
  HighWater high_water = HighWater::kPeriodic;
  // A read at T further ahead of the clock than this is refused (KNOWN_AT_IN_FUTURE).
  int64_t max_skew_micros = 500'000;
  // Writes are refused (STORE_BUSY) while the disk has less room than this; 0 switches it off.
  uint64_t min_free_bytes = uint64_t{560} << 20;
  // Opens in spite of a lost WAL tail when it equals the seq that was recovered.
  uint64_t accept_data_loss = 0;
  // Called once, from any thread, when the store can no longer acknowledge writes (a hard
  // background error or a failed commit). The server's answer is to exit; the store itself refuses
  // everything from then on.
  std::function<void(absl::Status)> on_fatal;

  // For tests that prove the protections: each is a safety that can be switched off.
  struct Unsafe {
    bool sync = true;                // false: commits are not fsynced
    bool acknowledge_early = false;  // true: `done` runs before the commit
    bool replay_requests = true;     // false: request_id is ignored
    bool check_derivations = true;   // false: stale indexes are not noticed
  } unsafe;
};

struct StoreStatistics {
  uint64_t seq = 0;
  int64_t last_commit_time = 0;
  // Live records by table name.
  std::map<std::string, uint64_t> live_records;
};

// The store of one service: records with all their versions, their indexes, the journal.
//
// Thread-safe. Views and cursors must be gone before it is destroyed.
class Store {
 public:
  // Creates or opens. FAILED_PRECONDITION with the reason STORE_LOCKED (metadata: path, pid),
  // FORMAT_UNSUPPORTED (written by a newer release), DERIVATION_STALE (run `inspect reindex`) or
  // WAL_TAIL_LOST (metadata: recovered, expected); DATA_LOSS (STORE_CORRUPT) where bytes are wrong.
  static absl::StatusOr<std::unique_ptr<Store>> Open(StoreOptions options);
  // Drains the sequencer and notes the high-water mark.
  virtual ~Store() = default;

  // The newest published moment. Never sees half of a group. Does not block.
  virtual ReadView Latest() const = 0;

  // The moment at commit time T: what had been committed with a time <= T, and will have been
  // forever, because T is closed first: no later commit gets a time <= T. `ready` is called once;
  // at once on the caller's thread if nothing has to be waited for, else on a thread of the
  // store's. INVALID_ARGUMENT (KNOWN_AT_IN_FUTURE) beyond clock + skew, unless something has been
  // committed at or after T, be it before the clock was set back. `ready` must not block for long:
  // readers that waited continue one after another.
  virtual void ViewAt(int64_t known_at,
                      absl::AnyInvocable<void(absl::StatusOr<ReadView>)> ready) = 0;

  // The moment after mutation `seq`. OUT_OF_RANGE (CONSISTENCY_TOKEN_AHEAD) if it has not happened.
  virtual absl::StatusOr<ReadView> ViewAtSeq(uint64_t seq) const = 0;

  // False where an index was built later than the view and so can not answer for it.
  virtual bool IndexComplete(const TableSpec& table, const IndexSpec& index,
                             const ReadView& view) const = 0;

  virtual Sequencer& sequencer() = 0;
  virtual const Journal& journal() const = 0;
  virtual const Clock& clock() const = 0;

  // Commit time of the newest published mutation, 0 in an empty store.
  virtual int64_t LastCommitTime() const = 0;

  // Counts records by scanning; not for hot paths.
  virtual absl::StatusOr<StoreStatistics> Statistics() const = 0;

  // SHA-256 (lower-case hex) over (table, name, seq, record) of the newest version of every record
  // at `view`, in order. Equal digests mean equal registers. Scans everything.
  virtual absl::StatusOr<std::string> Digest(const ReadView& view) const = 0;

  // Flushes and compacts everything. For `inspect` and tests.
  virtual absl::Status CompactAll() = 0;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_STORE_H_
