#include "gateway/upstream/backends.h"

#include <algorithm>

namespace chancery::gateway::upstream {

Backends::Backends(const Channels& channels, const Clock& clock, absl::Duration skew)
    : people_({"people", kPeopleService, channels.people, clock, skew}),
      events_({"events", kEventsService, channels.events, clock, skew}),
      agreements_({"agreements", kAgreementsService, channels.agreements, clock, skew}) {}

Backend* Backends::OfService(absl::string_view service) {
  for (Backend* backend : all()) {
    if (backend->service() == service) return backend;
  }
  return nullptr;
}

absl::Time Backends::newest_commit() {
  absl::Time newest = absl::InfinitePast();
  for (Backend* backend : all()) newest = std::max(newest, backend->newest_commit());
  return newest;
}

}  // namespace chancery::gateway::upstream
