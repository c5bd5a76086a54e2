// Import and export as whole commands: 100 000 events as lines of JSON, `chancery import FILE` into
// `chancery serve` with the brief in it, then `chancery export`. Once: it takes a minute.
//
// Rates are by the wall clock, from exec to the end of the command. Processor time is of the
// command and of the server together, in user and kernel mode. Memory is the most that either
// process had resident. What the lines cost beside RocksDB writing the same is `import.json`, which
// takes the same way in interleaved slices.

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/status_macros.h"
#include "tests/bench/measurements.h"
#include "tests/bench/processor_time.h"
#include "tests/bench/sample_events.h"
#include "tests/support/brief_import.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

using testing::ServerProcess;

constexpr int kRecords = 100'000;

std::string Chancery() { return testing::BinaryPath("deploy/allinone/chancery"); }

absl::Status WriteLines(const std::string& path) {
  std::ofstream file(path);
  for (int i = 0; i < kRecords; ++i) {
    events::v1::Event event = SampleEvent(i);
    event.set_name(SampleName(i));
    std::string line;
    if (!google::protobuf::util::MessageToJsonString(event, &line).ok()) std::abort();
    file << line << "\n";
  }
  file.close();
  return file ? absl::OkStatus() : absl::InternalError(path);
}

// Of all commands that have ended.
absl::Duration CommandTime() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return absl::DurationFromTimeval(used.ru_utime) + absl::DurationFromTimeval(used.ru_stime);
}

// The most that any of them had resident, in MiB.
double CommandPeak() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

double ServerPeak(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  for (std::string word; file >> word;) {
    double kib = 0;
    if (word == "VmHWM:" && file >> kib) return kib / 1024;
  }
  return 0;
}

struct Cost {
  double per_second = 0;
  double micros = 0;  // processor time of a record
};

absl::StatusOr<Cost> RunCommand(const ServerProcess& server, const std::string& command) {
  const absl::Duration before = CommandTime() + ProcessorTime(server.pid());
  const testing::Finished run =
      testing::RunProgram({"/bin/sh", "-c", absl::StrCat("exec ", command)});
  if (run.exit_code != 0) return absl::InternalError(absl::StrCat(command, ": ", run.err));
  const absl::Duration used = CommandTime() + ProcessorTime(server.pid()) - before;
  return Cost{kRecords / absl::ToDoubleSeconds(run.took),
              absl::ToDoubleMicroseconds(used) / kRecords};
}

Figure Single(const char* id, const char* name, double value, const char* unit) {
  return {.id = id,
          .name = name,
          .measured = Amount(value, unit),
          .unit = unit,
          .result = {value, value, value}};
}

}  // namespace

Figures MeasureStream() {
  const std::string folder = testing::NewFolder("stream");
  const std::string lines = folder + "/events.jsonl";
  RETURN_IF_ERROR(WriteLines(lines));
  ASSIGN_OR_RETURN(const auto server, ServerProcess::Start({Chancery(), "serve", "--port", "0",
                                                            "--data", folder + "/register"}));
  RETURN_IF_ERROR(testing::ImportBrief(server->address()));
  const std::string at = absl::StrCat(" --address ", server->address(), " --timeout 60s");
  ASSIGN_OR_RETURN(const Cost in,
                   RunCommand(*server, absl::StrCat(Chancery(), " import ", lines, at)));
  ASSIGN_OR_RETURN(const Cost again,
                   RunCommand(*server, absl::StrCat(Chancery(), " import ", lines, at)));
  const double client_peak = CommandPeak();
  ASSIGN_OR_RETURN(const Cost out, RunCommand(*server, absl::StrCat(Chancery(), " export", at,
                                                                    " > ", folder, "/out.jsonl")));
  const double server_peak = ServerPeak(server->pid());
  server->Stop(SIGTERM);
  return std::vector<Figure>{
      Single("import.stream", "`import` of 100 000 lines", in.per_second, "/s"),
      Single("import.stream.time", "The same, processor time of a record", in.micros, "µs"),
      Single("import.again", "The same lines again", again.per_second, "/s"),
      Single("import.memory", "Most memory of `import` meanwhile", client_peak, "MiB"),
      Single("export", "`export` of as many", out.per_second, "/s"),
      Single("export.time", "The same, processor time of a record", out.micros, "µs"),
      Single("stream.memory", "Most memory of `serve` over all of it", server_peak, "MiB")};
}

}  // namespace chancery::bench
