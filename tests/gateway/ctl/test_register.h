#ifndef CHANCERY_TESTS_GATEWAY_CTL_TEST_REGISTER_H_
#define CHANCERY_TESTS_GATEWAY_CTL_TEST_REGISTER_H_

#include <map>
#include <memory>
#include <string>

#include "gateway/rpc/gateway.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "services/resource/service_host.h"
#include "services/serving/server.h"
#include "storage/sealer.h"

namespace chancery::ctl {

// Three services over stores in memory with the gateway in front, each of which can be taken away.
class TestRegister {
 public:
  // Empty, or with the record of the founding brief. `files`, if given, are the stores' own.
  static std::unique_ptr<TestRegister> Empty(
      const std::shared_ptr<rocksdb::FileSystem>& files = nullptr);
  static std::unique_ptr<TestRegister> WithRecord(
      const std::shared_ptr<rocksdb::FileSystem>& files = nullptr);

  ~TestRegister();

  // "127.0.0.1:41234".
  const std::string& address() const { return front_->address(); }

  // Where a service ("people") answers without the gateway.
  const std::string& address_of(const std::string& service) const {
    return servers_.at(service)->address();
  }

  // Ends a service ("events"): the gateway does not reach it any more.
  void StopService(const std::string& name) { servers_[name].reset(); }

 private:
  std::unique_ptr<rocksdb::Env> memory_;
  std::unique_ptr<rocksdb::Env> env_;  // the files given, over the memory
  std::unique_ptr<storage::Sealer> sealer_;
  std::map<std::string, std::unique_ptr<resource::ServiceHost>> hosts_;
  std::map<std::string, std::unique_ptr<serving::Server>> servers_;
  std::unique_ptr<gateway::rpc::Gateway> gateway_;
  std::unique_ptr<serving::Server> front_;
};

// An address where nobody answers.
std::string DeadAddress();

}  // namespace chancery::ctl

#endif  // CHANCERY_TESTS_GATEWAY_CTL_TEST_REGISTER_H_
