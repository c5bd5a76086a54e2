#include "storage/recovery.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/store_meta.h"

namespace chancery::storage {
namespace {

constexpr uint64_t kCheckedLinks = 10'000;
constexpr size_t kBlockCacheBytes = 64 << 20;
// Few, because the limit is strict and the largest block has to fit into one.
constexpr int kBlockCacheShardBits = 2;

absl::Status TailLostError(uint64_t recovered, uint64_t expected) {
  return errors::Error(
      types::v1::WAL_TAIL_LOST,
      absl::StrCat("The store has lost commits that were acknowledged: it ends at ", recovered,
                   ", but had reached ", expected, "."),
      {{"recovered", absl::StrCat(recovered)}, {"expected", absl::StrCat(expected)}});
}

// True where the operator has said that the loss is known.
bool Accepted(uint64_t accept_data_loss, uint64_t recovered) {
  return accept_data_loss != 0 && accept_data_loss == recovered;
}

// Older links than those that were followed can be missing too, when the older one of two logs was
// lost. The journal has no gaps, so it is enough to count.
absl::Status CheckNoneMissing(const Recovered& store) {
  ASSIGN_OR_RETURN(const uint64_t entries, store.database->CountInFiles(Family::kJournal));
  return entries >= store.journal->recovered().seq
             ? absl::OkStatus()
             : CorruptError("entries of the journal are missing");
}

absl::Status CheckHighWater(const Recovered& store, uint64_t accept_data_loss) {
  const JournalEntry& newest = store.journal->recovered();
  const HighWaterMark& mark = store.high_water->mark();
  const bool accepted = Accepted(accept_data_loss, newest.seq);
  if (store.high_water->created() && newest.seq != 0 && !accepted) {
    return CorruptError("the high-water file is missing");
  }
  if (newest.seq < mark.seq) {
    return accepted ? store.high_water->Write({newest.seq, newest.hash, mark.ceiling})
                    : TailLostError(newest.seq, mark.seq);
  }
  if (mark.seq == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(const JournalEntry noted, ReadEntry(*store.database, mark.seq));
  return noted.hash == mark.hash ? absl::OkStatus()
                                 : CorruptError("the journal is not the one that was noted");
}

}  // namespace

DatabaseOptions ToDatabaseOptions(const StoreOptions& options, bool read_only) {
  return {.path = options.path,
          .env = options.env != nullptr ? options.env : rocksdb::Env::Default(),
          .block_cache = options.block_cache != nullptr
                             ? options.block_cache
                             : rocksdb::NewLRUCache(kBlockCacheBytes, kBlockCacheShardBits,
                                                    /*strict_capacity_limit=*/true),
          .read_only = read_only,
          .sync = options.unsafe.sync};
}

absl::StatusOr<Recovered> Recover(const StoreOptions& options) {
  Recovered store;
  store.latch = std::make_unique<FailureLatch>(options.on_fatal);
  const DatabaseOptions database = ToDatabaseOptions(options, /*read_only=*/false);
  ASSIGN_OR_RETURN(store.database, Database::Open(database, store.latch.get()));
  RETURN_IF_ERROR(CheckFormat(*store.database));
  store.journal = std::make_unique<LocalJournal>(store.database.get());
  RETURN_IF_ERROR(store.journal->Recover(kCheckedLinks));
  RETURN_IF_ERROR(CheckNoneMissing(store));
  ASSIGN_OR_RETURN(store.high_water, HighWaterFile::Open(database.env, database.path));
  RETURN_IF_ERROR(CheckHighWater(store, options.accept_data_loss));
  return store;
}

}  // namespace chancery::storage
