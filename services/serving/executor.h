#ifndef CHANCERY_SERVICES_SERVING_EXECUTOR_H_
#define CHANCERY_SERVICES_SERVING_EXECUTOR_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace chancery::serving {

// Threads for work that may block or take long, which gRPC's own threads must not do. The queue is
// bounded: what does not fit is refused, so that overload shows at once and memory stays bounded.
//
// Thread-safe. The destructor finishes what is queued.
class Executor {
 public:
  Executor(int threads, size_t max_queued);
  ~Executor();

  // False, with the work untouched, if the queue is full.
  bool TryRun(absl::AnyInvocable<void()>& work);

 private:
  void Work();

  const size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<absl::AnyInvocable<void()>> queue_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_EXECUTOR_H_
