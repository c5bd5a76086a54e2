#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace chancery::testing {
namespace {

constexpr auto kReadyTimeout = absl::Seconds(30);

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Forks and runs `words` with stdin empty and stdout and stderr in files.
pid_t Spawn(const std::vector<std::string>& words, const std::string& out, const std::string& err) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  setsid();
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDOUT_FILENO);
  dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
  execv(arguments[0], arguments.data());
  _exit(127);
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Waits until `path` is there, its folder changing or the process ending; no polling.
bool WaitForFile(const std::string& path, int watch, pid_t pid) {
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  const absl::Time deadline = absl::Now() + kReadyTimeout;
  bool ended = false;
  while (!std::filesystem::exists(path) && !ended && absl::Now() < deadline) {
    pollfd events[] = {{watch, POLLIN, 0}, {process, POLLIN, 0}};
    poll(events, 2, static_cast<int>(absl::ToInt64Milliseconds(deadline - absl::Now())));
    char buffer[4096];
    if (events[0].revents != 0 && read(watch, buffer, sizeof(buffer)) < 0) break;
    ended = events[1].revents != 0;
  }
  close(process);
  return std::filesystem::exists(path);
}

// The value of "grpc" in {"grpc":"127.0.0.1:41234"}.
std::string GrpcAddress(const std::string& json) {
  const size_t key = json.find("\"grpc\"");
  const size_t start = json.find('"', json.find(':', key)) + 1;
  return json.substr(start, json.find('"', start) - start);
}

}  // namespace

std::string BinaryPath(const std::string& target) {
  return absl::StrCat(std::getenv("CHANCERY_BINARY_DIR"), "/", target);
}

std::string RecordFolder() {
  return absl::StrCat(std::getenv("CHANCERY_SOURCE_DIR"), "/deploy/allinone/record");
}

std::string NewFolder(const std::string& prefix) {
  std::string path = absl::StrCat(std::getenv("TEST_TMPDIR"), "/", prefix, "-XXXXXX");
  if (mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

Finished RunProgram(const std::vector<std::string>& words) {
  const std::string folder = NewFolder("run");
  const absl::Time start = absl::Now();
  Finished finished;
  finished.exit_code = WaitFor(Spawn(words, folder + "/out", folder + "/err"));
  finished.took = absl::Now() - start;
  finished.out = ReadFile(folder + "/out");
  finished.err = ReadFile(folder + "/err");
  std::filesystem::remove_all(folder);
  return finished;
}

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(
    std::vector<std::string> words) {
  std::unique_ptr<ServerProcess> process(new ServerProcess);
  process->folder_ = NewFolder("server");
  const std::string ready = process->folder_ + "/ready.json";
  words.insert(words.end(), {"--ready-file", ready});
  const int watch = inotify_init1(IN_CLOEXEC);
  inotify_add_watch(watch, process->folder_.c_str(), IN_MOVED_TO);
  const absl::Time start = absl::Now();
  process->pid_ = Spawn(words, process->folder_ + "/out", process->folder_ + "/err");
  const bool is_ready = WaitForFile(ready, watch, process->pid_);
  process->start_time_ = absl::Now() - start;
  close(watch);
  if (!is_ready) return absl::UnavailableError(process->output());
  process->address_ = GrpcAddress(ReadFile(ready));
  return process;
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) Stop(SIGKILL);
  std::filesystem::remove_all(folder_);
}

std::string ServerProcess::output() const {
  return ReadFile(folder_ + "/out") + ReadFile(folder_ + "/err");
}

int ServerProcess::Stop(int signal) {
  kill(pid_, signal);
  const int code = WaitFor(pid_);
  pid_ = -1;
  return code;
}

}  // namespace chancery::testing
