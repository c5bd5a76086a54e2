// Lets ThreadSanitizer see the locks of Abseil, in Debian's library and in gRPC, which are not
// built with it: the mutex takes its waits straight to the kernel, where the sanitizer does not
// look.
//
// These definitions stand before the library's own in every program of the tsan preset, do what the
// library does, and say that what came before an unlock happens before the next lock.
//
// gRPC also hands work from thread to thread by atomics that stay unseen. So all locks that
// libraries take count as one: whoever leaves gRPC has seen what was given to it. That is a little
// too generous to threads that meet only there, and exact for locks of our own.

#include <dlfcn.h>
#include <grpc/grpc.h>
#include <sanitizer/tsan_interface.h>

#include <cerrno>
#include <cstdlib>

#include "absl/base/config.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

#define CHANCERY_STRING_(x) #x
#define CHANCERY_STRING(x) CHANCERY_STRING_(x)

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}

namespace {

// gRPC reads errno after taking locks, and looking up the library's definition may set it.
class KeepErrno {
 public:
  KeepErrno() : kept_(errno) {}
  ~KeepErrno() { errno = kept_; }

 private:
  const int kept_;
};

// The next definition of a method of absl::Mutex or absl::CondVar, by the end of its mangled name.
template <typename Function>
Function Library(const char* mangled) {
  const KeepErrno keep;
  void* found = dlsym(RTLD_NEXT, mangled);
  if (found == nullptr) std::abort();
  return reinterpret_cast<Function>(found);
}

// "N4absl7debian3": the beginning of every mangled name, with Debian's inline namespace.
#define CHANCERY_ABSL(rest) "_ZN4absl7" CHANCERY_STRING(ABSL_OPTION_INLINE_NAMESPACE_NAME) rest

// Where the code of the program itself lies; the linker's names.
extern "C" char __executable_start;
extern "C" char etext;

bool IsOurs(const void* caller) { return caller >= &__executable_start && caller < &etext; }

char libraries;  // Stands for every lock that a library holds.

void Acquire(void* lock, const void* caller) {
  __tsan_acquire(lock);
  if (!IsOurs(caller)) __tsan_acquire(&libraries);
}

void Release(void* lock, const void* caller) {
  __tsan_release(lock);
  if (!IsOurs(caller)) __tsan_release(&libraries);
}

using MutexMethod = void (*)(absl::Mutex*);
using MutexTry = bool (*)(absl::Mutex*);

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto lock = Library<MutexMethod>(CHANCERY_ABSL("5Mutex4LockEv"));
  lock(this);
  Acquire(this, __builtin_return_address(0));
}

void Mutex::Unlock() {
  static const auto unlock = Library<MutexMethod>(CHANCERY_ABSL("5Mutex6UnlockEv"));
  Release(this, __builtin_return_address(0));
  unlock(this);
}

bool Mutex::TryLock() {
  static const auto try_lock = Library<MutexTry>(CHANCERY_ABSL("5Mutex7TryLockEv"));
  const bool locked = try_lock(this);
  if (locked) Acquire(this, __builtin_return_address(0));
  return locked;
}

void Mutex::ReaderLock() {
  static const auto lock = Library<MutexMethod>(CHANCERY_ABSL("5Mutex10ReaderLockEv"));
  lock(this);
  Acquire(this, __builtin_return_address(0));
}

void Mutex::ReaderUnlock() {
  static const auto unlock = Library<MutexMethod>(CHANCERY_ABSL("5Mutex12ReaderUnlockEv"));
  Release(this, __builtin_return_address(0));
  unlock(this);
}

void CondVar::Wait(Mutex* mutex) {
  static const auto wait =
      Library<void (*)(CondVar*, Mutex*)>(CHANCERY_ABSL("7CondVar4WaitEPNS0_5MutexE"));
  Release(mutex, __builtin_return_address(0));
  wait(this, mutex);
  Acquire(mutex, __builtin_return_address(0));
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto wait = Library<bool (*)(CondVar*, Mutex*, Duration)>(
      CHANCERY_ABSL("7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE"));
  Release(mutex, __builtin_return_address(0));
  const bool timed_out = wait(this, mutex, timeout);
  Acquire(mutex, __builtin_return_address(0));
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto wait = Library<bool (*)(CondVar*, Mutex*, Time)>(
      CHANCERY_ABSL("7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE"));
  Release(mutex, __builtin_return_address(0));
  const bool timed_out = wait(this, mutex, deadline);
  Acquire(mutex, __builtin_return_address(0));
  return timed_out;
}

ABSL_NAMESPACE_END
}  // namespace absl

// Work enters gRPC here, and leaves it through the locks above.
extern "C" grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* operations,
                                                 size_t count, void* tag, void* reserved) {
  static const auto start = Library<decltype(&grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_acquire(&libraries);
  __tsan_release(&libraries);
  return start(call, operations, count, tag, reserved);
}

// The last of several threads that drop a call destroys what all of them used.
extern "C" void grpc_call_unref(grpc_call* call) {
  static const auto unref = Library<decltype(&grpc_call_unref)>("grpc_call_unref");
  __tsan_release(&libraries);
  __tsan_acquire(&libraries);
  unref(call);
}
