#ifndef CHANCERY_STORAGE_HIGH_WATER_H_
#define CHANCERY_STORAGE_HIGH_WATER_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "storage/failure_latch.h"
#include "storage/high_water_file.h"

namespace chancery::storage {

// Keeps the high-water file current: at most ten times a second from a thread of its own, before an
// acknowledgement where asked, at once when a reader closes a moment above the ceiling, and at
// shutdown. A failed note trips the latch. Thread-safe.
class HighWaterNoter {
 public:
  HighWaterNoter(std::unique_ptr<HighWaterFile> file, FailureLatch* latch);
  // Stops. Without Finish() the file stays as the last note left it.
  ~HighWaterNoter();

  // A commit has become durable. It is noted within 100 ms.
  void Committed(uint64_t seq, const std::string& hash);
  // Notes the newest commit now, on the caller's thread.
  absl::Status NoteNow();

  // Calls `raised` (on the noter's thread) when the ceiling is durably at or above `moment`, or
  // with the error that prevents it.
  void RaiseCeiling(int64_t moment, absl::AnyInvocable<void(absl::Status)> raised);
  int64_t ceiling() const;

  // The last note of a clean shutdown: no moment after `closed` was ever read at, so the ceiling
  // comes down to it. Stops the thread.
  absl::Status Finish(int64_t closed);

 private:
  struct Waiter {
    int64_t moment;
    absl::AnyInvocable<void(absl::Status)> raised;
  };

  void Run();
  void ServeWaiters();
  void Stop();

  FailureLatch* const latch_;
  // Guards file_; taken before mutex_.
  std::mutex file_mutex_;
  const std::unique_ptr<HighWaterFile> file_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  HighWaterMark wanted_;
  uint64_t noted_seq_;
  int64_t noted_ceiling_;
  std::vector<Waiter> waiters_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_HIGH_WATER_H_
