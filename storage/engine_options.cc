#include "storage/engine_options.h"

#include <sys/resource.h>

#include <algorithm>

#include "rocksdb/comparator.h"
#include "rocksdb/convenience.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/table.h"
#include "storage/engine_status.h"

namespace chancery::storage {
namespace {

class FatalErrorListener final : public rocksdb::EventListener {
 public:
  explicit FatalErrorListener(FailureLatch* latch) : latch_(latch) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) override {
    if (error->severity() >= rocksdb::Status::kHardError) {
      latch_->Trip(FromEngine(*error, "working in the background"));
    }
  }

  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status error,
                            bool* auto_recovery) override {
    error.PermitUncheckedError();
    *auto_recovery = false;
  }

 private:
  FailureLatch* const latch_;
};

// Every table file open where the process may have so many, half of the limit where not.
int MaxOpenFiles() {
  constexpr rlim_t kEnough = 65'536;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kEnough) return -1;
  return std::max<int>(64, static_cast<int>(limit.rlim_cur / 2));
}

const rocksdb::Comparator* VersionedComparator() {
  // The registered one: backups and offline tools find it by its name.
  const rocksdb::Comparator* comparator = nullptr;
  rocksdb::Comparator::CreateFromString(rocksdb::ConfigOptions(),
                                        "leveldb.BytewiseComparator.u64ts", &comparator)
      .PermitUncheckedError();
  return comparator;
}

}  // namespace

rocksdb::DBOptions EngineOptions(rocksdb::Env* env, FailureLatch* latch) {
  rocksdb::DBOptions options;
  options.env = env;
  options.create_if_missing = true;
  options.create_missing_column_families = true;

  // A log that is wrong in its middle is refused; a torn last write is what a crash leaves.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // All families are flushed together: a log that one of them needs is needed by the journal too,
  // so what is lost with it is missed when the journal is checked.
  options.atomic_flush = true;
  options.recycle_log_file_num = 0;
  options.manual_wal_flush = false;
  options.two_write_queues = false;
  options.unordered_write = false;
  options.enable_pipelined_write = false;
  options.wal_compression = rocksdb::kNoCompression;
  options.avoid_flush_during_recovery = false;
  options.track_and_verify_wals_in_manifest = false;  // False alarms in 7.8.
  options.max_total_wal_size = uint64_t{512} << 20;

  options.paranoid_checks = true;
  options.verify_sst_unique_id_in_manifest = true;
  options.flush_verify_memtable_count = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();

  options.max_bgerror_resume_count = 0;
  options.listeners.push_back(std::make_shared<FatalErrorListener>(latch));
  options.max_background_jobs = 2;
  options.max_open_files = MaxOpenFiles();
  options.allow_mmap_reads = false;
  options.allow_mmap_writes = false;
  options.row_cache = nullptr;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.keep_log_file_num = 4;
  options.max_log_file_size = 4 << 20;
  return options;
}

rocksdb::ColumnFamilyOptions FamilyOptions(Family family,
                                           const std::shared_ptr<rocksdb::Cache>& block_cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = block_cache;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.metadata_cache_options.unpartitioned_pinning = rocksdb::PinningTier::kAll;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  table.format_version = 5;

  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  if (IsVersioned(family)) options.comparator = VersionedComparator();
  options.compaction_style = rocksdb::kCompactionStyleLevel;
  options.compaction_pri = rocksdb::kMinOverlappingRatio;
  options.force_consistency_checks = true;
  options.paranoid_file_checks = true;
  options.memtable_protection_bytes_per_key = 8;
  options.max_write_buffer_number = 2;
  options.write_buffer_size = 16 << 20;
  return options;
}

}  // namespace chancery::storage
