#ifndef CHANCERY_SERVICES_EVENTS_EVENTS_SERVICE_H_
#define CHANCERY_SERVICES_EVENTS_EVENTS_SERVICE_H_

#include "services/resource/resource.h"
#include "services/resource/service_host.h"
#include "services/serving/rpc_service.h"

namespace chancery::events {

// The methods of chancery.events.v1.EventsService: a row each.
class EventsService {
 public:
  explicit EventsService(const resource::Context& context);

  void Register(serving::RpcService& rpc) const;

 private:
  void RegisterEvents(serving::RpcService& rpc) const;
  void RegisterSeries(serving::RpcService& rpc) const;

  const resource::Resource events_;
  const resource::Resource series_;
};

// What makes this service; for servers and for `inspect`.
const resource::ServiceDefinition& Definition();

}  // namespace chancery::events

#endif  // CHANCERY_SERVICES_EVENTS_EVENTS_SERVICE_H_
