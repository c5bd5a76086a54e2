#ifndef CHANCERY_STORAGE_FAILURE_LATCH_H_
#define CHANCERY_STORAGE_FAILURE_LATCH_H_

#include <atomic>
#include <functional>
#include <utility>

#include "absl/status/status.h"

namespace chancery::storage {

// Remembers that the store can no longer acknowledge anything, and says so once. There is no way
// back: what a failed write left behind is known only after a restart. Thread-safe.
class FailureLatch {
 public:
  explicit FailureLatch(std::function<void(absl::Status)> on_fatal)
      : on_fatal_(std::move(on_fatal)) {}

  void Trip(const absl::Status& cause) {
    if (!tripped_.exchange(true) && on_fatal_) on_fatal_(cause);
  }
  bool tripped() const { return tripped_.load(); }

 private:
  const std::function<void(absl::Status)> on_fatal_;
  std::atomic<bool> tripped_ = false;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_FAILURE_LATCH_H_
