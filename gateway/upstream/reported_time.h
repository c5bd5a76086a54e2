#ifndef CHANCERY_GATEWAY_UPSTREAM_REPORTED_TIME_H_
#define CHANCERY_GATEWAY_UPSTREAM_REPORTED_TIME_H_

#include <atomic>
#include <cstdint>
#include <functional>

#include "absl/time/time.h"

namespace chancery::gateway::upstream {

// The gateway's clock; tests inject one.
using Clock = std::function<absl::Time()>;

// Whether a service whose clock showed `reported` at some instant of a call from `sent` to
// `received` (by the gateway's clock) is further from the gateway's clock than `skew`. The time
// that the call took is held in the service's favour.
bool IsSkewed(absl::Time reported, absl::Time sent, absl::Time received, absl::Duration skew);

// The newest commit time that a service has reported. Thread-safe; never goes back.
class NewestCommit {
 public:
  void Report(absl::Time commit_time);
  // absl::InfinitePast() until something is reported.
  absl::Time Get() const;

 private:
  std::atomic<int64_t> micros_{INT64_MIN};
};

}  // namespace chancery::gateway::upstream

#endif  // CHANCERY_GATEWAY_UPSTREAM_REPORTED_TIME_H_
