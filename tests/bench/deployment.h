#ifndef CHANCERY_TESTS_BENCH_DEPLOYMENT_H_
#define CHANCERY_TESTS_BENCH_DEPLOYMENT_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/rpc/gateway.h"
#include "grpcpp/support/client_interceptor.h"
#include "services/resource/service_host.h"
#include "services/serving/server.h"
#include "storage/sealer.h"
#include "storage/store.h"
#include "tests/bench/load.h"

namespace chancery::bench {

// One service over a store on disk, reached by TCP and in the process.
class OpenService {
 public:
  // `sync` false only where a store is prepared, never where it is measured.
  static absl::StatusOr<std::unique_ptr<OpenService>> Open(
      const resource::ServiceDefinition& definition, const std::string& path,
      const storage::Sealer* sealer, bool sync = true);

  // By TCP; `method` is a name of the service's ("GetEvent").
  Target At(absl::string_view method) const { return Via(tcp_, method); }
  Target InProcess(absl::string_view method) const {
    return Via(server_->InProcessChannel(), method);
  }

  const std::string& address() const { return server_->address(); }
  serving::Server& server() { return *server_; }
  storage::Store& store() { return host_->store(); }

 private:
  OpenService() = default;
  Target Via(std::shared_ptr<grpc::Channel> channel, absl::string_view method) const;

  std::string full_name_;
  std::unique_ptr<resource::ServiceHost> host_;
  std::unique_ptr<serving::Server> server_;
  std::shared_ptr<grpc::Channel> tcp_;
};

using InterceptorFactory = std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>;

// The three services and a gateway in front of them, each behind a port of its own: what `chancery
// serve` holds, but with every part within reach.
class Deployment {
 public:
  // The gateway calls the services in the process, as `chancery serve` has it, or, if `watch` is
  // given, by TCP with every call seen by the interceptors it makes.
  static absl::StatusOr<std::unique_ptr<Deployment>> Start(
      const std::string& folder, const std::function<InterceptorFactory()>& watch = nullptr);
  ~Deployment();

  OpenService& people() { return *services_[0]; }
  OpenService& events() { return *services_[1]; }
  OpenService& agreements() { return *services_[2]; }

  const std::string& gateway_address() const { return gateway_server_->address(); }
  // `path` is "/chancery.events.v1.EventsService/GetEvent".
  Target AtGateway(const std::string& path) const { return {Dial(gateway_address()), path}; }

 private:
  Deployment() = default;

  std::unique_ptr<storage::Sealer> sealer_;
  std::vector<std::unique_ptr<OpenService>> services_;
  std::unique_ptr<gateway::rpc::Gateway> gateway_;
  std::unique_ptr<serving::Server> gateway_server_;
};

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_DEPLOYMENT_H_
