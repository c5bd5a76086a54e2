#ifndef CHANCERY_STORAGE_STORE_LOCK_H_
#define CHANCERY_STORAGE_STORE_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"

namespace chancery::storage {

// The right to be the only process on a store, held from construction to destruction. Files:
// STORE_LOCK, which the lock is on, and PID, which says whose it is.
class StoreLock {
 public:
  // Creates the directory where `create`. FAILED_PRECONDITION (STORE_LOCKED with path and pid)
  // while another process, or this one, holds it.
  static absl::StatusOr<std::unique_ptr<StoreLock>> Take(rocksdb::Env* env, const std::string& path,
                                                         bool create);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  StoreLock(rocksdb::Env* env, rocksdb::FileLock* lock) : env_(env), lock_(lock) {}

  rocksdb::Env* const env_;
  rocksdb::FileLock* const lock_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_STORE_LOCK_H_
