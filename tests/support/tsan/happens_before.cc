// Lets ThreadSanitizer see what comes before what in Debian's Abseil and gRPC, which are not built
// with it. In every program of the tsan preset these definitions stand before the library's own, do
// what the library does, and say
//
//   - for the locks of Abseil, which take their waits straight to the kernel, where the sanitizer
//     does not look: what came before an unlock happens before the next lock;
//   - for a batch of operations: what came before it happens before the callback that reports its
//     end;
//   - for bytes and calls, which are counted by atomics of gRPC: what their holders did with them
//     happens before they are destroyed.
//
// gRPC also hands work from thread to thread by atomics that stay unseen. So all locks that
// libraries take count as one: whoever leaves gRPC has seen what was given to it. That is a little
// too generous to threads that meet only there, and exact for locks of our own. racy.cc shows that
// races of our own are still found.

#include <dlfcn.h>
#include <grpc/byte_buffer.h>
#include <grpc/grpc.h>
#include <grpc/slice.h>
#include <sanitizer/tsan_interface.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "absl/base/config.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
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

// How gRPC reports the end of a batch: it calls `functor_run` of the tag. There are a few such
// functions, all of them from headers of grpcpp, compiled into the program. Each is kept in a slot
// and replaced by the RunSeen of that slot.
using Functor = grpc_completion_queue_functor;
using Run = decltype(Functor::functor_run);
constexpr size_t kSlots = 8;
std::atomic<Run> runs[kSlots];  // used relaxed, which orders nothing

template <size_t slot>
void RunSeen(Functor* tag, int ok) {
  __tsan_acquire(tag);
  runs[slot].load(std::memory_order_relaxed)(tag, ok);
}

template <size_t... slots>
constexpr std::array<Run, kSlots> AllRunSeen(std::index_sequence<slots...>) {
  return {RunSeen<slots>...};
}
constexpr std::array<Run, kSlots> kRunSeen = AllRunSeen(std::make_index_sequence<kSlots>());

Run SeenInstead(Run run) {
  for (size_t slot = 0; slot < kSlots; ++slot) {
    if (run == kRunSeen[slot]) return run;
    Run kept = nullptr;
    if (runs[slot].compare_exchange_strong(kept, run, std::memory_order_relaxed) || kept == run) {
      return kRunSeen[slot];
    }
  }
  std::abort();  // more kinds than slots
}

// Tags that are no functors (those of a queue that is polled) begin with a pointer to data.
__attribute__((no_sanitize("thread"))) void SeeEndOfBatch(void* tag) {
  if (tag == nullptr) return;
  auto* functor = static_cast<Functor*>(tag);
  if (!IsOurs(reinterpret_cast<const void*>(functor->functor_run))) return;
  functor->functor_run = SeenInstead(functor->functor_run);
  __tsan_release(tag);
}

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

void Notification::Notify() {
  static const auto notify =
      Library<void (*)(Notification*)>(CHANCERY_ABSL("12Notification6NotifyEv"));
  __tsan_release(this);
  notify(this);
}

void Notification::WaitForNotification() const {
  static const auto wait = Library<void (*)(const Notification*)>("_ZNK4absl7" CHANCERY_STRING(
      ABSL_OPTION_INLINE_NAMESPACE_NAME) "12Notification19WaitForNotificationEv");
  wait(this);
  __tsan_acquire(const_cast<Notification*>(this));
}

ABSL_NAMESPACE_END
}  // namespace absl

// Work enters gRPC here, and leaves it through the locks above.
extern "C" grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* operations,
                                                 size_t count, void* tag, void* reserved) {
  static const auto start = Library<decltype(&grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_acquire(&libraries);
  __tsan_release(&libraries);
  SeeEndOfBatch(tag);
  return start(call, operations, count, tag, reserved);
}

// Bytes are counted by atomics of gRPC: who lets go of them last has seen all that others did
// before they let go. Some bytes are not counted at all (null, or a number that is no address).
namespace {
void SeeRelease(const grpc_slice& slice) {
  constexpr uintptr_t kNoAddress = 4096;
  if (reinterpret_cast<uintptr_t>(slice.refcount) < kNoAddress) return;
  __tsan_release(slice.refcount);
  __tsan_acquire(slice.refcount);
}
}  // namespace

extern "C" void grpc_slice_unref(grpc_slice slice) {
  static const auto unref = Library<decltype(&grpc_slice_unref)>("grpc_slice_unref");
  SeeRelease(slice);
  unref(slice);
}

extern "C" void grpc_byte_buffer_destroy(grpc_byte_buffer* buffer) {
  static const auto destroy =
      Library<decltype(&grpc_byte_buffer_destroy)>("grpc_byte_buffer_destroy");
  if (buffer != nullptr && buffer->type == GRPC_BB_RAW) {
    const grpc_slice_buffer& slices = buffer->data.raw.slice_buffer;
    for (size_t i = 0; i < slices.count; ++i) SeeRelease(slices.slices[i]);
  }
  destroy(buffer);
}

// The last of several threads that drop a call destroys what all of them used.
extern "C" void grpc_call_unref(grpc_call* call) {
  static const auto unref = Library<decltype(&grpc_call_unref)>("grpc_call_unref");
  __tsan_release(&libraries);
  __tsan_acquire(&libraries);
  unref(call);
}
