#include "storage/high_water.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace chancery::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Half of what is promised: the rest is for a busy machine.
constexpr std::chrono::milliseconds kInterval(50);
constexpr int64_t kCeilingStepMicros = 1'000'000;

}  // namespace

HighWaterNoter::HighWaterNoter(std::unique_ptr<HighWaterFile> file, FailureLatch* latch)
    : latch_(latch),
      file_(std::move(file)),
      wanted_(file_->mark()),
      noted_seq_(wanted_.seq),
      noted_ceiling_(wanted_.ceiling),
      thread_([this] { Run(); }) {}

HighWaterNoter::~HighWaterNoter() { Stop(); }

void HighWaterNoter::Committed(uint64_t seq, const std::string& hash) {
  std::lock_guard<std::mutex> lock(mutex_);
  wanted_.seq = seq;
  wanted_.hash = hash;
  wake_.notify_all();
}

absl::Status HighWaterNoter::NoteNow() {
  std::lock_guard<std::mutex> file_lock(file_mutex_);
  HighWaterMark mark;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    mark = wanted_;
  }
  absl::Status status = file_->Write(mark);
  if (!status.ok()) latch_->Trip(status);
  std::lock_guard<std::mutex> lock(mutex_);
  if (status.ok()) noted_ceiling_ = mark.ceiling;
  // After an error too: there is no second try.
  noted_seq_ = mark.seq;
  return status;
}

void HighWaterNoter::RaiseCeiling(int64_t moment, absl::AnyInvocable<void(absl::Status)> raised) {
  std::lock_guard<std::mutex> lock(mutex_);
  wanted_.ceiling = std::max(wanted_.ceiling, moment + kCeilingStepMicros);
  waiters_.push_back({moment, std::move(raised)});
  wake_.notify_all();
}

int64_t HighWaterNoter::ceiling() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return noted_ceiling_;
}

absl::Status HighWaterNoter::Finish(int64_t closed) {
  Stop();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    wanted_.ceiling = closed;
  }
  return NoteNow();
}

void HighWaterNoter::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void HighWaterNoter::Run() {
  SteadyClock::time_point next_note = SteadyClock::now();
  for (;;) {
    std::unique_lock<std::mutex> lock(mutex_);
    wake_.wait(lock, [&] { return stopping_ || !waiters_.empty() || wanted_.seq != noted_seq_; });
    wake_.wait_until(lock, next_note, [&] { return stopping_ || !waiters_.empty(); });
    const bool stop = stopping_ && waiters_.empty();
    lock.unlock();
    if (stop) return;
    next_note = SteadyClock::now() + kInterval;
    ServeWaiters();
  }
}

// Notes, then answers those who waited for just that.
void HighWaterNoter::ServeWaiters() {
  std::vector<Waiter> waiters;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    waiters.swap(waiters_);
  }
  bool enough = !waiters.empty();
  for (const Waiter& waiter : waiters) enough &= waiter.moment <= ceiling();
  const absl::Status status = enough ? absl::OkStatus() : NoteNow();
  for (Waiter& waiter : waiters) waiter.raised(status);
}

}  // namespace chancery::storage
