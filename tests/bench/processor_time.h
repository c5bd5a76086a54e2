#ifndef CHANCERY_TESTS_BENCH_PROCESSOR_TIME_H_
#define CHANCERY_TESTS_BENCH_PROCESSOR_TIME_H_

#include <sys/types.h>

#include <ctime>

#include "absl/time/time.h"

namespace chancery::bench {

// How long the processors have worked for a process so far, in it and in the kernel, all threads
// together: what getrusage() says of one's own, in nanoseconds and for others too. 0: this process.
inline absl::Duration ProcessorTime(pid_t pid = 0) {
  clockid_t clock = CLOCK_PROCESS_CPUTIME_ID;
  timespec time{};
  if (pid != 0 && clock_getcpuclockid(pid, &clock) != 0) return absl::ZeroDuration();
  if (clock_gettime(clock, &time) != 0) return absl::ZeroDuration();
  return absl::DurationFromTimespec(time);
}

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_PROCESSOR_TIME_H_
