#ifndef CHANCERY_STORAGE_CLOCK_H_
#define CHANCERY_STORAGE_CLOCK_H_

#include <cstdint>

namespace chancery::storage {

// A source of wall-clock time. Commit times are made from it, so tests inject one of their own: a
// "day 2", a service that is 400 ms slow, a clock set back over a restart.
//
// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  // Microseconds since the Unix epoch. May go backwards; the sequencer never does.
  virtual int64_t NowMicros() const = 0;

  // The system's clock. Never destroyed.
  static const Clock* System();
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_CLOCK_H_
