#ifndef CHANCERY_STORAGE_REQUEST_LOG_H_
#define CHANCERY_STORAGE_REQUEST_LOG_H_

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"

namespace chancery::storage {

// What an earlier commit under a request id came to.
struct RequestResult {
  uint64_t seq = 0;
  int64_t commit_time = 0;
  std::string digest;
};

// How long results are kept, in commit time.
inline constexpr int64_t kRequestLifeMicros = int64_t{24} * 60 * 60 * 1'000'000;

// Remembers the results of mutations by principal and request id. Results of the open group are
// found before they are committed. The sequencer's alone; not thread-safe.
class RequestLog {
 public:
  explicit RequestLog(const Database* database) : database_(database) {}

  // The result that a repetition at `commit_time` must be answered with, if there is one.
  absl::StatusOr<std::optional<RequestResult>> Find(absl::string_view principal,
                                                    absl::string_view request_id,
                                                    int64_t commit_time) const;
  // Adds a result to the open group, to be committed with `batch`.
  void Add(absl::string_view principal, absl::string_view request_id, RequestResult result,
           rocksdb::WriteBatch& batch);
  // Adds the removal of a few expired results to `batch`, so that the family stays small without
  // anything that has to run now and then.
  absl::Status Expire(int64_t commit_time, rocksdb::WriteBatch& batch);
  // The open group is committed or lost.
  void EndGroup() { open_.clear(); }

 private:
  const Database* const database_;
  // By the key of the result.
  std::map<std::string, RequestResult> open_;
  // No result expires before this moment; saves the look.
  int64_t next_expiry_ = std::numeric_limits<int64_t>::min();
  // Where the oldest entry of the expiry order may be; skips what the engine has not yet dropped.
  std::string oldest_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_REQUEST_LOG_H_
