#ifndef CHANCERY_STORAGE_CALLBACK_THREAD_H_
#define CHANCERY_STORAGE_CALLBACK_THREAD_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "absl/functional/any_invocable.h"

namespace chancery::storage {

// Runs callbacks one after another, in the order they were posted, so that a reader that had to
// wait continues neither on the sequencer's thread nor on the noter's. Thread-safe.
class CallbackThread {
 public:
  CallbackThread();
  // Runs what was posted, then stops.
  ~CallbackThread();

  void Post(absl::AnyInvocable<void()> callback);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<absl::AnyInvocable<void()>> posted_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_CALLBACK_THREAD_H_
