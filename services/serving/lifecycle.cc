#include "services/serving/lifecycle.h"

#include <unistd.h>

#include <csignal>
#include <string>

#include "services/serving/log.h"

namespace chancery::serving {
namespace {

constexpr int kFailedStore = 74;  // EX_IOERR of sysexits.h

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void BlockSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

int WaitForStop() {
  const sigset_t signals = StopSignals();
  int received = 0;
  while (sigwait(&signals, &received) != 0) {
  }
  return received;
}

void ExitForFailedStore(const absl::Status& failure) {
  Log(Severity::kError, "the store has failed, exiting",
      {{"error.detail", std::string(failure.message())}});
  _exit(kFailedStore);
}

}  // namespace chancery::serving
