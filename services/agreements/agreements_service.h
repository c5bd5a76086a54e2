#ifndef CHANCERY_SERVICES_AGREEMENTS_AGREEMENTS_SERVICE_H_
#define CHANCERY_SERVICES_AGREEMENTS_AGREEMENTS_SERVICE_H_

#include "services/resource/resource.h"
#include "services/resource/service_host.h"
#include "services/serving/rpc_service.h"

namespace chancery::agreements {

// The methods of chancery.agreements.v1.AgreementsService: a row each.
class AgreementsService {
 public:
  explicit AgreementsService(const resource::Context& context);

  void Register(serving::RpcService& rpc) const;

 private:
  void RegisterAgreements(serving::RpcService& rpc) const;
  void RegisterMatters(serving::RpcService& rpc) const;
  void RegisterPositions(serving::RpcService& rpc) const;
  void RegisterProgrammes(serving::RpcService& rpc) const;
  void RegisterStatistics(serving::RpcService& rpc) const;
  void RegisterSources(serving::RpcService& rpc) const;
  void RegisterChunks(serving::RpcService& rpc) const;
  void RegisterSegments(serving::RpcService& rpc) const;

  const resource::Context& context_;
  const resource::Resource agreements_;
  const resource::Resource matters_;
  const resource::Resource positions_;
  const resource::Resource programmes_;
  const resource::Resource statistics_;
  const resource::Resource sources_;
  const resource::Resource chunks_;
  const resource::Resource segments_;
};

// What makes this service; for servers and for `inspect`.
const resource::ServiceDefinition& Definition();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_AGREEMENTS_SERVICE_H_
