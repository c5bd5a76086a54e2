#include "storage/callback_thread.h"

#include <utility>

namespace chancery::storage {

CallbackThread::CallbackThread() : thread_([this] { Run(); }) {}

CallbackThread::~CallbackThread() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  thread_.join();
}

void CallbackThread::Post(absl::AnyInvocable<void()> callback) {
  std::lock_guard<std::mutex> lock(mutex_);
  posted_.push_back(std::move(callback));
  wake_.notify_all();
}

void CallbackThread::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !posted_.empty(); });
    if (posted_.empty()) return;
    absl::AnyInvocable<void()> callback = std::move(posted_.front());
    posted_.pop_front();
    lock.unlock();
    callback();
    callback = nullptr;
    lock.lock();
  }
}

}  // namespace chancery::storage
