#ifndef CHANCERY_SERVICES_SERVING_LIFECYCLE_H_
#define CHANCERY_SERVICES_SERVING_LIFECYCLE_H_

namespace chancery::serving {

// How a server process ends: a signal is waited for by the main thread, never handled in a handler,
// so that shutting down can take locks.

// Blocks SIGINT and SIGTERM in this thread and all that it starts. First thing in main().
void BlockSignals();

// Waits for SIGINT or SIGTERM, or for RequestStop(), and returns the signal's number.
int WaitForStop();

// Makes WaitForStop() return. From any thread.
void RequestStop();

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_LIFECYCLE_H_
