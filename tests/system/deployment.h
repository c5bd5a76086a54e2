#ifndef CHANCERY_TESTS_SYSTEM_DEPLOYMENT_H_
#define CHANCERY_TESTS_SYSTEM_DEPLOYMENT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/process.h"

namespace chancery::testing {

enum class Shape { kOneProcess, kFourProcesses };

// A register of real processes over a folder of its own, in either shape. What a test says of it
// holds for both.
class Deployment {
 public:
  explicit Deployment(Shape shape) : shape_(shape), data_(NewFolder("register")) {}

  // Starts what is not running; a server comes back at the address that it had.
  absl::Status Start();

  // Where the gateway answers.
  const std::string& address() const { return addresses_.at("gateway"); }
  const std::string& data() const { return data_; }

  // Ends everything with a signal.
  void StopAll(int signal);
  // Ends one of "people", "events", "agreements"; for four processes only.
  void StopService(const std::string& service, int signal);

 private:
  absl::Status StartServer(const std::string& name, std::vector<std::string> words);

  const Shape shape_;
  const std::string data_;
  std::map<std::string, std::string> addresses_;
  std::map<std::string, std::unique_ptr<ServerProcess>> running_;
};

// Runs the `chancery` binary without a terminal.
Finished Chancery(std::vector<std::string> words);

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SYSTEM_DEPLOYMENT_H_
