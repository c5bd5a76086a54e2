#ifndef CHANCERY_STORAGE_LOCAL_JOURNAL_H_
#define CHANCERY_STORAGE_LOCAL_JOURNAL_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/journal.h"

namespace chancery::storage {

// The journal in the store's own database. An entry, the versions that it names, and everything
// derived from them are one synced write, so nothing has to be caught up with after a crash.
class LocalJournal final : public Journal {
 public:
  // `database` must outlive the journal.
  explicit LocalJournal(Database* database);

  // Finds the newest entry and checks that the last `links` entries form a chain: dense seqs,
  // rising commit times, hashes that follow from each other. DATA_LOSS (STORE_CORRUPT) if not.
  absl::Status Recover(uint64_t links);
  // The newest entry, as Recover found it; seq 0 in an empty journal.
  const JournalEntry& recovered() const { return recovered_; }

  // What is put in here is committed together with the next group: index entries, request results.
  rocksdb::WriteBatch& derived() { return derived_; }

  absl::Status Append(absl::Span<const JournalEntry> group) override;
  absl::Status Read(uint64_t from, uint64_t to, bool with_values,
                    const std::function<absl::Status(const JournalEntry&)>& visit) const override;
  uint64_t LastSeq() const override { return last_seq_.load(std::memory_order_acquire); }

 private:
  absl::Status ReadValues(JournalEntry& entry) const;

  Database* const database_;
  rocksdb::WriteBatch derived_;
  JournalEntry recovered_;
  std::atomic<uint64_t> last_seq_ = 0;
};

// OK if `entry` follows `previous` in a chain; a `previous` with seq 0 is the empty journal.
absl::Status CheckLink(const JournalEntry& previous, const JournalEntry& entry);

// The entry `seq`. DATA_LOSS (STORE_CORRUPT) if it is not there.
absl::StatusOr<JournalEntry> ReadEntry(const Database& database, uint64_t seq);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_LOCAL_JOURNAL_H_
