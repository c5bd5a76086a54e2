#include "gateway/upstream/reported_time.h"

namespace chancery::gateway::upstream {

bool IsSkewed(absl::Time reported, absl::Time sent, absl::Time received, absl::Duration skew) {
  return reported < sent - skew || reported > received + skew;
}

void NewestCommit::Report(absl::Time commit_time) {
  const int64_t micros = absl::ToUnixMicros(commit_time);
  int64_t known = micros_.load();
  while (known < micros && !micros_.compare_exchange_weak(known, micros)) {
  }
}

absl::Time NewestCommit::Get() const {
  const int64_t micros = micros_.load();
  return micros == INT64_MIN ? absl::InfinitePast() : absl::FromUnixMicros(micros);
}

}  // namespace chancery::gateway::upstream
