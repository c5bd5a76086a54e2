#include "tests/faults/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace chancery::faults {
namespace {

constexpr int kReadyMillis = 60'000;

absl::StatusOr<pid_t> Spawn(const std::vector<std::string>& arguments, const std::string& log) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, argv[0], &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) return absl::ErrnoToStatus(error, argv[0]);
  return pid;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(
    const std::string& binary, const std::string& folder, const std::vector<std::string>& flags) {
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder + "/ready");
  const int watch = inotify_init1(IN_CLOEXEC);
  auto server = std::unique_ptr<ServerProcess>(new ServerProcess(folder, watch));
  if (inotify_add_watch(watch, folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
    return absl::ErrnoToStatus(errno, "watching the folder");
  }
  std::vector<std::string> arguments = {binary, absl::StrCat("--data=", folder, "/store"),
                                        absl::StrCat("--key-file=", folder, "/key"),
                                        absl::StrCat("--ready-file=", folder, "/ready")};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const auto pid = Spawn(arguments, folder + "/log");
  if (!pid.ok()) return pid.status();
  server->pid_ = *pid;
  server->process_ = static_cast<int>(syscall(SYS_pidfd_open, *pid, 0));
  if (server->process_ < 0) return absl::ErrnoToStatus(errno, "pidfd_open");
  return server;
}

ServerProcess::~ServerProcess() {
  Kill();
  if (process_ >= 0) close(process_);
  close(watch_);
}

absl::StatusOr<std::string> ServerProcess::WaitForAddress() {
  while (!std::filesystem::exists(folder_ + "/ready")) {
    pollfd fds[] = {{watch_, POLLIN, 0}, {process_, POLLIN, 0}};
    const int events = poll(fds, 2, kReadyMillis);
    if (events <= 0 || fds[1].revents != 0) {
      return absl::InternalError(absl::StrCat("the server is not ready: ", ReadFile("log")));
    }
    char buffer[4096];
    if (read(watch_, buffer, sizeof(buffer)) < 0) return absl::ErrnoToStatus(errno, "inotify");
  }
  // {"grpc":"127.0.0.1:41234"}
  const std::string ready = ReadFile("ready");
  const size_t from = ready.find("127.0.0.1");
  if (from == std::string::npos) return absl::InternalError("no address: " + ready);
  return ready.substr(from, ready.find('"', from) - from);
}

bool ServerProcess::EndsWithin(std::chrono::microseconds time) {
  pollfd fd = {process_, POLLIN, 0};
  const timespec timeout = {static_cast<time_t>(time.count() / 1'000'000),
                            static_cast<long>(time.count() % 1'000'000 * 1000)};
  return ppoll(&fd, 1, &timeout, nullptr) != 0;
}

void ServerProcess::Kill() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  Reap();
}

int ServerProcess::Stop() {
  kill(pid_, SIGTERM);
  return Reap();
}

int ServerProcess::Reap() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string ServerProcess::ReadFile(const std::string& name) const {
  std::ostringstream content;
  content << std::ifstream(folder_ + "/" + name).rdbuf();
  return content.str();
}

}  // namespace chancery::faults
