#include "tests/system/deployment.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace chancery::testing {

absl::Status Deployment::StartServer(const std::string& name, std::vector<std::string> words) {
  if (running_.contains(name)) return absl::OkStatus();
  const auto known = addresses_.find(name);
  words.insert(words.end(),
               {"--listen", known == addresses_.end() ? "127.0.0.1:0" : known->second});
  auto started = ServerProcess::Start(std::move(words));
  if (!started.ok()) return started.status();
  addresses_[name] = (*started)->address();
  running_[name] = *std::move(started);
  return absl::OkStatus();
}

absl::Status Deployment::Start() {
  if (shape_ == Shape::kOneProcess) {
    return StartServer("gateway",
                       {BinaryPath("deploy/allinone/chancery"), "serve", "--data", data_});
  }
  std::vector<std::string> gateway = {BinaryPath("gateway/chancery-gateway")};
  for (const std::string service : {"people", "events", "agreements"}) {
    const absl::Status status = StartServer(
        service, {BinaryPath(absl::StrCat("services/", service, "/chancery-", service)), "--data",
                  absl::StrCat(data_, "/", service), "--key-file", data_ + "/token.key"});
    if (!status.ok()) return status;
    gateway.insert(gateway.end(), {"--" + service, addresses_.at(service)});
  }
  return StartServer("gateway", std::move(gateway));
}

void Deployment::StopAll(int signal) {
  for (auto& [name, server] : running_) server->Stop(signal);
  running_.clear();
}

void Deployment::StopService(const std::string& service, int signal) {
  running_.at(service)->Stop(signal);
  running_.erase(service);
}

Finished Chancery(std::vector<std::string> words) {
  words.insert(words.begin(), BinaryPath("deploy/allinone/chancery"));
  return RunProgram(words);
}

}  // namespace chancery::testing
