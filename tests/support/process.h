#ifndef CHANCERY_TESTS_SUPPORT_PROCESS_H_
#define CHANCERY_TESTS_SUPPORT_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace chancery::testing {

// What a program printed and how it ended.
struct Finished {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out;
  std::string err;
  absl::Duration took;
};

// Runs a program to its end without a terminal: stdin is empty, in a session of its own.
Finished RunProgram(const std::vector<std::string>& words);

// A server process of the test's own. Killed when it goes out of scope.
class ServerProcess {
 public:
  // Starts `words` with --ready-file added and waits, at most 30 s, until the file is there.
  // The error has what the process wrote to stderr.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(std::vector<std::string> words);
  ~ServerProcess();

  // "127.0.0.1:41234".
  const std::string& address() const { return address_; }
  pid_t pid() const { return pid_; }
  // From exec to the ready file.
  absl::Duration start_time() const { return start_time_; }
  // What it has written to stdout and stderr so far.
  std::string output() const;

  // Sends a signal and waits for the end; returns as Finished::exit_code.
  int Stop(int signal);

 private:
  ServerProcess() = default;

  pid_t pid_ = -1;
  std::string folder_;
  std::string address_;
  absl::Duration start_time_;
};

// Where the build put a binary: "deploy/allinone/chancery".
std::string BinaryPath(const std::string& target);

// The folder of the record of the founding brief.
std::string RecordFolder();

// A new empty folder under the test's scratch folder.
std::string NewFolder(const std::string& prefix);

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SUPPORT_PROCESS_H_
