#ifndef CHANCERY_SERVICES_PEOPLE_PEOPLE_SERVICE_H_
#define CHANCERY_SERVICES_PEOPLE_PEOPLE_SERVICE_H_

#include "services/resource/resource.h"
#include "services/resource/service_host.h"
#include "services/serving/rpc_service.h"

namespace chancery::people {

// The methods of chancery.people.v1.PeopleService: a row each.
class PeopleService {
 public:
  explicit PeopleService(const resource::Context& context);

  void Register(serving::RpcService& rpc) const;

 private:
  void RegisterStates(serving::RpcService& rpc) const;
  void RegisterOrganizations(serving::RpcService& rpc) const;
  void RegisterPosts(serving::RpcService& rpc) const;
  void RegisterPeople(serving::RpcService& rpc) const;
  void RegisterPlaces(serving::RpcService& rpc) const;
  void RegisterTenures(serving::RpcService& rpc) const;

  const resource::Context& context_;
  const resource::Resource states_;
  const resource::Resource organizations_;
  const resource::Resource posts_;
  const resource::Resource people_;
  const resource::Resource places_;
  const resource::Resource tenures_;
};

// What makes this service; for servers and for `inspect`.
const resource::ServiceDefinition& Definition();

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_PEOPLE_SERVICE_H_
