// What someone at a terminal waits for, with the built binaries in processes of their own:
// start-up, memory, the demo, and refusals. Times are from exec to the ready file or to the end;
// several runs each, of which the median counts.

#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "deploy/allinone/register.h"
#include "proto/errors/status_macros.h"
#include "services/events/events_service.h"
#include "tests/bench/deployment.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sample_events.h"
#include "tests/support/brief_import.h"
#include "tests/support/listener.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

using testing::RunProgram;
using testing::ServerProcess;

constexpr int kRuns = 5;
constexpr int kManyRecords = 100'000;

std::string Chancery() { return testing::BinaryPath("deploy/allinone/chancery"); }

absl::StatusOr<std::unique_ptr<ServerProcess>> Serve(const std::string& data) {
  return ServerProcess::Start({Chancery(), "serve", "--port", "0", "--data", data});
}

// Resident memory in MiB.
double Resident(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  for (std::string word; file >> word;) {
    double kib = 0;
    if (word == "VmRSS:" && file >> kib) return kib / 1024;
  }
  return 0;
}

Figure Alone(const char* id, const char* name, const char* unit, const std::vector<double>& samples,
             double at_most) {
  return {.id = id,
          .name = name,
          .measured = Amount(SpreadOf(samples).median, unit),
          .unit = unit,
          .result = SpreadOf(samples),
          .goal = {Goal::Kind::kAtMost, at_most}};
}

// How long a command takes to refuse, in ms; an error unless it does and says `why`.
absl::StatusOr<double> TimeToRefuse(const std::vector<std::string>& words, const std::string& why) {
  const testing::Finished finished = RunProgram(words);
  if (finished.exit_code == 0 || !absl::StrContains(finished.err, why)) {
    return absl::InternalError(
        absl::StrCat("exit ", finished.exit_code, ", \"", why, "\" not in: ", finished.err));
  }
  return absl::ToDoubleMilliseconds(finished.took);
}

absl::Status Prepare(const std::string& data) {
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(data + "/token.key"));
  ASSIGN_OR_RETURN(const auto events,
                   OpenService::Open(events::Definition(), allinone::StorePath(data, "events"),
                                     sealer.get(), /*sync=*/false));
  constexpr int kPart = 10'000;
  for (int first = 0; first < kManyRecords; first += kPart) {
    RETURN_IF_ERROR(
        DriveOnce(events->InProcess("BatchCreateEvents"), 8, SampleBatches(first, kPart)).status);
  }
  return absl::OkStatus();
}

}  // namespace

Figures MeasureStartUp() {
  const std::string data = testing::NewFolder("start");
  RETURN_IF_ERROR(Prepare(data));
  std::vector<double> clean, killed;
  for (int i = 0; i < kRuns; ++i) {
    ASSIGN_OR_RETURN(const auto first, Serve(data));
    clean.push_back(absl::ToDoubleMilliseconds(first->start_time()));
    first->Stop(SIGKILL);
    ASSIGN_OR_RETURN(const auto second, Serve(data));
    killed.push_back(absl::ToDoubleMilliseconds(second->start_time()));
    second->Stop(SIGTERM);
  }
  return std::vector<Figure>{Alone("start", "Start-up with 100 000 records", "ms", clean, 1000),
                             Alone("start.killed", "The same after kill -9", "ms", killed, 1000)};
}

Figures MeasureMemory() {
  std::vector<double> empty, with_brief;
  for (int i = 0; i < kRuns; ++i) {
    const std::string data = testing::NewFolder("memory");
    {
      ASSIGN_OR_RETURN(const auto server, Serve(data));
      empty.push_back(Resident(server->pid()));
      RETURN_IF_ERROR(testing::ImportBrief(server->address()));
      with_brief.push_back(Resident(server->pid()));
    }
  }
  return std::vector<Figure>{
      Alone("memory.empty", "Idle memory of `serve`, empty store", "MiB", empty, 64),
      Alone("memory.brief", "The same after importing the brief", "MiB", with_brief, 64)};
}

Figures MeasureDemo() {
  std::vector<double> seconds;
  for (int i = 0; i < kRuns; ++i) {
    const testing::Finished finished = RunProgram({Chancery(), "demo", "--once"});
    if (finished.exit_code != 0) return absl::InternalError(finished.err);
    seconds.push_back(absl::ToDoubleSeconds(finished.took));
  }
  return std::vector<Figure>{
      Alone("demo", "`demo --once`: start, import, dossier, exit", "s", seconds, 10)};
}

Figures MeasureRefusals() {
  const testing::Listener taken;
  const std::string& address = taken.address();
  const std::string data = testing::NewFolder("locked");
  ASSIGN_OR_RETURN(const auto holder, Serve(data));
  std::vector<double> port_taken, locked;
  for (int i = 0; i < kRuns; ++i) {
    ASSIGN_OR_RETURN(
        const double ms,
        TimeToRefuse({Chancery(), "serve", "--ephemeral", "--listen", address}, address));
    port_taken.push_back(ms);
    ASSIGN_OR_RETURN(const double second,
                     TimeToRefuse({Chancery(), "serve", "--port", "0", "--data", data},
                                  absl::StrCat(holder->pid())));
    locked.push_back(second);
  }
  return std::vector<Figure>{
      Alone("refusal.port", "`serve` on a taken port: exit, naming it", "ms", port_taken, 200),
      Alone("refusal.locked", "Second `serve` on a folder: exit, naming the pid", "ms", locked,
            1000)};
}

}  // namespace chancery::bench
