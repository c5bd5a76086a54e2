#ifndef CHANCERY_STORAGE_COMMIT_CLOCK_H_
#define CHANCERY_STORAGE_COMMIT_CLOCK_H_

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "storage/clock.h"

namespace chancery::storage {

// Gives commit times and closes moments, under one lock, so that no commit ever gets a time at or
// before a moment that somebody has read at.
//
// Thread-safe; Assign, Adopt, EndGroup and LoseGroup are the sequencer's alone.
class CommitClock {
 public:
  // `published` is the newest commit there is, `floor` the moment up to which all may have been
  // closed before a restart.
  struct Moment {
    uint64_t seq = 0;
    int64_t time = 0;
  };
  CommitClock(const Clock* clock, Moment published, int64_t floor);

  // The next commit time: max(clock, last + 1, greatest closed moment + 1). Opens a group if none
  // is open.
  int64_t Assign();

  // The same for a commit that brings its time along, which must be after the last commit's.
  void Adopt(int64_t commit_time);

  // Ends the open group: its commits up to `published` are readable from now on. Without a value
  // nothing was committed. Readers that waited continue.
  void EndGroup(std::optional<Moment> published);

  // The open group may or may not have been committed; it stays open for good. Readers that waited
  // and all later ones of moments from its start on get `status`.
  void LoseGroup(const absl::Status& status);

  // Closes moment T: every later commit time is greater. Calls `closed` at once, or when the open
  // group ends if it has a time <= T.
  void Close(int64_t moment, absl::AnyInvocable<void(absl::Status)> closed);

  // The newest readable commit.
  uint64_t published_seq() const { return published_seq_.load(std::memory_order_acquire); }
  int64_t published_time() const { return published_time_.load(std::memory_order_acquire); }
  // The greatest moment closed so far, over restarts.
  int64_t closed() const;

 private:
  const Clock* const clock_;
  mutable std::mutex mutex_;
  int64_t last_assigned_;
  int64_t closed_;
  // First commit time of the open group, and why it will never end.
  std::optional<int64_t> group_start_;
  absl::Status lost_;
  std::vector<absl::AnyInvocable<void(absl::Status)>> waiters_;
  std::atomic<uint64_t> published_seq_;
  std::atomic<int64_t> published_time_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_COMMIT_CLOCK_H_
