#ifndef CHANCERY_SERVICES_SERVING_LIFECYCLE_H_
#define CHANCERY_SERVICES_SERVING_LIFECYCLE_H_

#include "absl/status/status.h"

namespace chancery::serving {

// How a server process ends: a signal is waited for by the main thread, never handled in a handler,
// so that shutting down can take locks.

// Blocks SIGINT and SIGTERM in this thread and all that it starts, and ignores SIGPIPE. To be
// called before any thread is started.
void BlockSignals();

// Waits for SIGINT or SIGTERM and returns the signal's number.
int WaitForStop();

// What a process does whose store has failed: says why on stderr and ends at once with code 74.
// What is durable is found again at the next start; nothing else can be trusted.
[[noreturn]] void ExitForFailedStore(const absl::Status& failure);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_LIFECYCLE_H_
