#ifndef CHANCERY_STORAGE_ENGINE_OPTIONS_H_
#define CHANCERY_STORAGE_ENGINE_OPTIONS_H_

#include <memory>

#include "rocksdb/cache.h"
#include "rocksdb/options.h"
#include "storage/failure_latch.h"
#include "storage/layout.h"

// How the engine is set up. Its defaults lose acknowledged data silently when bytes of the log flip
// or its tail is cut; these settings refuse instead, and docs/adr/0002-commit-time.md says what
// covers the rest.

namespace chancery::storage {

// `latch` is tripped by hard background errors and must outlive the database. Automatic recovery
// is vetoed: after a failed write only a restart knows what is there.
rocksdb::DBOptions EngineOptions(rocksdb::Env* env, FailureLatch* latch);

rocksdb::ColumnFamilyOptions FamilyOptions(Family family,
                                           const std::shared_ptr<rocksdb::Cache>& block_cache);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_ENGINE_OPTIONS_H_
