#ifndef CHANCERY_TESTS_SUPPORT_MANUAL_CLOCK_H_
#define CHANCERY_TESTS_SUPPORT_MANUAL_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "storage/clock.h"

namespace chancery::testing {

// A clock that stands still until it is moved, in either direction. Thread-safe.
class ManualClock final : public storage::Clock {
 public:
  static constexpr int64_t kSecond = 1'000'000;
  static constexpr int64_t kDay = 86'400 * kSecond;
  // 2026-01-01T00:00:00Z.
  static constexpr int64_t kStart = 1'767'225'600 * kSecond;

  explicit ManualClock(int64_t now = kStart) : now_(now) {}

  int64_t NowMicros() const override { return now_.load(); }
  void Set(int64_t now) { now_.store(now); }
  void Advance(int64_t micros) { now_.fetch_add(micros); }

 private:
  std::atomic<int64_t> now_;
};

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SUPPORT_MANUAL_CLOCK_H_
