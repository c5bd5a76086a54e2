#ifndef CHANCERY_STORAGE_SPACE_GUARD_H_
#define CHANCERY_STORAGE_SPACE_GUARD_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "rocksdb/env.h"

namespace chancery::storage {

// Stops writes before the disk is full, because a store that meets a full disk can only exit. Asks
// the file system about once a second; one that can not say has room. The sequencer's alone.
class SpaceGuard {
 public:
  // Refuses below `min_free_bytes`, and then until there is a quarter more; 0 never refuses.
  SpaceGuard(rocksdb::Env* env, std::string path, uint64_t min_free_bytes);

  // RESOURCE_EXHAUSTED (STORE_BUSY) while there is too little room. Reads go on.
  absl::Status Admit();

 private:
  rocksdb::Env* const env_;
  const std::string path_;
  const uint64_t min_free_bytes_;
  std::chrono::steady_clock::time_point next_look_;
  bool full_ = false;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_SPACE_GUARD_H_
