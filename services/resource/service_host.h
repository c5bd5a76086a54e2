#ifndef CHANCERY_SERVICES_RESOURCE_SERVICE_HOST_H_
#define CHANCERY_SERVICES_RESOURCE_SERVICE_HOST_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/resource/context.h"
#include "services/serving/executor.h"
#include "services/serving/rpc_service.h"
#include "storage/sealer.h"
#include "storage/store.h"

namespace chancery::resource {

// What makes a service: its name, its kinds, and its methods.
struct ServiceDefinition {
  const char* name;       // "people"
  const char* full_name;  // "chancery.people.v1.PeopleService"
  std::vector<const ResourceSpec*> specs;
  // Registers the methods; what it returns is kept as long as the service lives.
  std::function<std::shared_ptr<void>(const Context&, serving::RpcService&)> serve;
};

// A service over its open store, ready to be put into a server.
class ServiceHost {
 public:
  // `options.path` is the store's folder; tables and Unicode version are filled in here. `sealer`
  // must outlive the host. Errors as Store::Open.
  static absl::StatusOr<std::unique_ptr<ServiceHost>> Open(const ServiceDefinition& definition,
                                                           storage::StoreOptions options,
                                                           const storage::Sealer* sealer);

  // The options that every opening of this service's store needs, `inspect` included.
  static storage::StoreOptions Complete(const ServiceDefinition& definition,
                                        storage::StoreOptions options);

  const std::string& name() const { return context_->service(); }
  serving::RpcService& rpc() { return *rpc_; }
  storage::Store& store() { return *store_; }

 private:
  ServiceHost() = default;

  // Destroyed from the last to the first: no call is left when the store goes.
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Context> context_;
  std::unique_ptr<serving::RpcService> rpc_;
  std::shared_ptr<void> methods_;
  std::unique_ptr<serving::Executor> executor_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_SERVICE_HOST_H_
