#ifndef CHANCERY_SERVICES_SERVING_CALLBACK_QUEUE_H_
#define CHANCERY_SERVICES_SERVING_CALLBACK_QUEUE_H_

namespace chancery::serving {

// Keeps the completion queue that gRPC shares among the callback calls of a process for as long as
// the process lives. gRPC ends it with its last user, and in 1.51 one of its threads can then touch
// it once more, which aborts the process: when a server stops or is started again, when a client
// has had its answer. Thread-safe; only the first call does something.
void KeepCallbackQueue();

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_CALLBACK_QUEUE_H_
