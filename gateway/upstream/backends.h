#ifndef CHANCERY_GATEWAY_UPSTREAM_BACKENDS_H_
#define CHANCERY_GATEWAY_UPSTREAM_BACKENDS_H_

#include <array>
#include <memory>

#include "absl/strings/string_view.h"
#include "gateway/upstream/backend.h"

namespace chancery::gateway::upstream {

inline constexpr char kPeopleService[] = "chancery.people.v1.PeopleService";
inline constexpr char kEventsService[] = "chancery.events.v1.EventsService";
inline constexpr char kAgreementsService[] = "chancery.agreements.v1.AgreementsService";

// How the services are reached: Connect(…) of another process, or a server's in-process channel.
struct Channels {
  std::shared_ptr<grpc::Channel> people;
  std::shared_ptr<grpc::Channel> events;
  std::shared_ptr<grpc::Channel> agreements;
};

// The three services.
class Backends {
 public:
  Backends(const Channels& channels, const Clock& clock, absl::Duration skew);

  Backend& people() { return people_; }
  Backend& events() { return events_; }
  Backend& agreements() { return agreements_; }

  // In the order of their names.
  std::array<Backend*, 3> all() { return {&agreements_, &events_, &people_}; }

  // By the proto service's full name; null if there is none.
  Backend* OfService(absl::string_view service);

  // The newest commit time that any of them has reported.
  absl::Time newest_commit();

 private:
  Backend people_;
  Backend events_;
  Backend agreements_;
};

}  // namespace chancery::gateway::upstream

#endif  // CHANCERY_GATEWAY_UPSTREAM_BACKENDS_H_
