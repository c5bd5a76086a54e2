#ifndef CHANCERY_STORAGE_HIGH_WATER_FILE_H_
#define CHANCERY_STORAGE_HIGH_WATER_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace chancery::storage {

// What the store knew of itself, noted outside the engine so that the engine's losses show.
struct HighWaterMark {
  // The newest commit that was durable, and its hash in the journal's chain.
  uint64_t seq = 0;
  std::string hash;
  // No moment after this one has been closed by a reader: commit times after a restart start above.
  int64_t ceiling = 0;
};

// The file HIGH_WATER: two slots of 512 bytes, written in turn, so that one is whole whenever power
// fails. Goes through the Env's file system. Not thread-safe.
class HighWaterFile {
 public:
  // Opens, or creates durably with an empty mark. DATA_LOSS (STORE_CORRUPT) if no slot is whole.
  static absl::StatusOr<std::unique_ptr<HighWaterFile>> Open(rocksdb::Env* env,
                                                             const std::string& path);

  // Whether there is one.
  static bool Exists(rocksdb::Env* env, const std::string& path);

  // The mark as read at opening, or as last written.
  const HighWaterMark& mark() const { return mark_; }
  // True if there was no file. A store with commits must have had one.
  bool created() const { return created_; }

  // Makes `mark` durable. After an error nothing is known of the file but that one slot is whole.
  absl::Status Write(const HighWaterMark& mark);

 private:
  HighWaterFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, bool created)
      : file_(std::move(file)), created_(created) {}
  absl::Status Load();

  const std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  const bool created_;
  uint64_t generation_ = 0;
  HighWaterMark mark_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_HIGH_WATER_FILE_H_
