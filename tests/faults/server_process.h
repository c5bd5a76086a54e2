#ifndef CHANCERY_TESTS_FAULTS_SERVER_PROCESS_H_
#define CHANCERY_TESTS_FAULTS_SERVER_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chancery::faults {

// A server in a process of its own, with its store, key, ready file and log in one folder.
class ServerProcess {
 public:
  // Starts it on a port of the system's choice. `flags` come after --data, --key-file,
  // --ready-file.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(
      const std::string& binary, const std::string& folder, const std::vector<std::string>& flags);
  // Kills it if it still runs.
  ~ServerProcess();

  // Waits for the ready file; an error, with the log, if the process ends or takes too long.
  absl::StatusOr<std::string> WaitForAddress();
  // Lets it run for so long; true if it has ended by then.
  bool EndsWithin(std::chrono::microseconds time);
  // SIGKILL, and waits until it is gone.
  void Kill();
  // SIGTERM; the exit code, or -1 if a signal ended it.
  int Stop();

 private:
  ServerProcess(std::string folder, int watch) : folder_(std::move(folder)), watch_(watch) {}
  int Reap();
  std::string ReadFile(const std::string& name) const;

  const std::string folder_;
  // Tells when the folder gets a file.
  const int watch_;
  pid_t pid_ = 0;
  // Tells when the process ends.
  int process_ = -1;
};

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_SERVER_PROCESS_H_
