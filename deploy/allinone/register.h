#ifndef CHANCERY_DEPLOY_ALLINONE_REGISTER_H_
#define CHANCERY_DEPLOY_ALLINONE_REGISTER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/rpc/gateway.h"
#include "rocksdb/env.h"
#include "services/resource/service_host.h"
#include "services/serving/server.h"
#include "storage/sealer.h"
#include "storage/store.h"

namespace chancery::allinone {

struct RegisterOptions {
  // Where the gateway listens; port 0 lets the system choose.
  std::string listen = "127.0.0.1:0";
  // The folder that holds the stores and the key; made if it is not there. Empty: everything is
  // kept in memory and gone with the process.
  std::string data;
  storage::HighWater high_water = storage::HighWater::kPeriodic;
  uint64_t accept_data_loss = 0;
  // Called once when a store fails; see StoreOptions.
  std::function<void(absl::Status)> on_fatal;
  // For tests: everybody's clock, and those of a service or of the "gateway" that has another.
  const storage::Clock* clock = storage::Clock::System();
  std::map<std::string, const storage::Clock*> other_clocks = {};

  const storage::Clock* ClockOf(const std::string& service) const;
};

// The whole register in one process: the three services over their stores and the gateway in front
// of them, joined by in-process channels. Thread-safe.
class Register {
 public:
  // Opens the stores, then listens. Errors as Store::Open and Server::Start.
  static absl::StatusOr<std::unique_ptr<Register>> Start(RegisterOptions options);
  ~Register();

  // Where the gateway answers: "127.0.0.1:41234".
  const std::string& address() const { return gateway_server_->address(); }
  bool ephemeral() const { return ephemeral_; }

  // "people", "events" or "agreements".
  storage::Store& store(absl::string_view service);

  // Takes no new calls, lets running ones end, closes the stores.
  void Stop(absl::Duration drain);

 private:
  struct Service {
    std::unique_ptr<resource::ServiceHost> host;
    std::unique_ptr<serving::Server> server;
  };

  Register() = default;
  absl::StatusOr<Service> OpenService(const resource::ServiceDefinition& definition,
                                      const RegisterOptions& options);

  bool ephemeral_ = false;
  // Destroyed from the last to the first: the gateway before what it calls.
  std::unique_ptr<rocksdb::Env> memory_;
  std::unique_ptr<storage::Sealer> sealer_;
  std::vector<Service> services_;
  std::unique_ptr<gateway::rpc::Gateway> gateway_;
  std::unique_ptr<serving::Server> gateway_server_;
};

// The services' definitions in the order people, events, agreements.
const std::vector<const resource::ServiceDefinition*>& AllServices();

// Where a service's store lies in a register's folder.
std::string StorePath(const std::string& data, absl::string_view service);

}  // namespace chancery::allinone

#endif  // CHANCERY_DEPLOY_ALLINONE_REGISTER_H_
