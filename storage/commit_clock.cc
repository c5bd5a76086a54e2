#include "storage/commit_clock.h"

#include <algorithm>
#include <utility>

namespace chancery::storage {

CommitClock::CommitClock(const Clock* clock, Moment published, int64_t floor)
    : clock_(clock),
      last_assigned_(published.time),
      closed_(floor),
      published_seq_(published.seq),
      published_time_(published.time) {}

int64_t CommitClock::Assign() {
  std::lock_guard<std::mutex> lock(mutex_);
  last_assigned_ = std::max({clock_->NowMicros(), last_assigned_ + 1, closed_ + 1});
  if (!group_start_.has_value()) group_start_ = last_assigned_;
  return last_assigned_;
}

void CommitClock::Adopt(int64_t commit_time) {
  std::lock_guard<std::mutex> lock(mutex_);
  last_assigned_ = commit_time;
  group_start_ = std::min(group_start_.value_or(commit_time), commit_time);
}

void CommitClock::EndGroup(std::optional<Moment> published) {
  std::vector<absl::AnyInvocable<void(absl::Status)>> waiters;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!lost_.ok()) return;
    if (published.has_value()) {
      published_time_.store(published->time, std::memory_order_release);
      published_seq_.store(published->seq, std::memory_order_release);
    }
    group_start_.reset();
    waiters.swap(waiters_);
  }
  for (auto& waiter : waiters) waiter(absl::OkStatus());
}

void CommitClock::LoseGroup(const absl::Status& status) {
  std::vector<absl::AnyInvocable<void(absl::Status)>> waiters;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    lost_ = status;
    waiters.swap(waiters_);
  }
  for (auto& waiter : waiters) waiter(status);
}

void CommitClock::Close(int64_t moment, absl::AnyInvocable<void(absl::Status)> closed) {
  absl::Status status;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = std::max(closed_, moment);
    if (group_start_.has_value() && *group_start_ <= moment) {
      if (lost_.ok()) return waiters_.push_back(std::move(closed));
      status = lost_;
    }
  }
  closed(status);
}

int64_t CommitClock::closed() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return closed_;
}

}  // namespace chancery::storage
