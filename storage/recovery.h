#ifndef CHANCERY_STORAGE_RECOVERY_H_
#define CHANCERY_STORAGE_RECOVERY_H_

#include <memory>

#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/failure_latch.h"
#include "storage/high_water_file.h"
#include "storage/local_journal.h"
#include "storage/store.h"

namespace chancery::storage {

// The parts of a store, opened and found to agree with each other. Declared so that what depends
// goes first.
struct Recovered {
  std::unique_ptr<FailureLatch> latch;
  std::unique_ptr<Database> database;
  std::unique_ptr<LocalJournal> journal;
  std::unique_ptr<HighWaterFile> high_water;
};

// Opens the parts and checks the format, the newest links of the journal's chain, that no older
// entry is missing, and the journal against the high-water mark: a commit that was noted and is
// gone is WAL_TAIL_LOST, one with another hash STORE_CORRUPT. Does not look at derivations.
//
// Looking at the journal is enough: all families are flushed together, so whatever a lost log held
// of records or indexes, it held the journal's entries for them.
absl::StatusOr<Recovered> Recover(const StoreOptions& options);

// What `options` mean for the database.
DatabaseOptions ToDatabaseOptions(const StoreOptions& options, bool read_only);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_RECOVERY_H_
