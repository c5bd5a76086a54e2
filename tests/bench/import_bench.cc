// Import, as processor time per record, against RocksDB writing the same by itself.
//
// Binary: BatchCreate of 100 events, one call at a time, at `chancery-events` in a process of its
// own; the time is that process's, in user and kernel mode, all threads: reading the call, checking
// it, committing it with sync, reading the records back, answering. The client's is not in it.
//
// Against it: the very keys and values that such an import writes (records, index entries, journal,
// times, request results), taken from the log of a store that was filled with the same events, put
// into batches and written with sync to a plain RocksDB in this process. No flush falls into
// either.
//
// JSON: 1 000 lines at a time through ImportLines, as `chancery import` sends them, to `chancery
// serve` with the brief in it. The time is of both processes: parsing the lines, the batches, the
// gateway's check of references, the services. It is reported apart, since parsing JSON alone costs
// more than writing.

#include <csignal>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/import.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/status_macros.h"
#include "services/events/events_service.h"
#include "tests/bench/deployment.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/bench/processor_time.h"
#include "tests/bench/raw_batches.h"
#include "tests/bench/sample_events.h"
#include "tests/support/brief_import.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

using testing::ServerProcess;

constexpr int kRounds = 9;
constexpr int kBatches = 10;  // in a slice
constexpr int kSlice = kBatches * 100;
constexpr int kEvents = (kRounds + 1) * kSlice;  // Interleave runs one round more

// The same events once for a store, to see what it writes.
absl::StatusOr<std::vector<RawBatch>> Record(const std::string& folder) {
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(folder + "/token.key"));
  {
    ASSIGN_OR_RETURN(const auto events,
                     OpenService::Open(events::Definition(), folder + "/recorded", sealer.get(),
                                       /*sync=*/false));
    RETURN_IF_ERROR(
        DriveOnce(events->InProcess("BatchCreateEvents"), 1, SampleBatches(0, kEvents)).status);
  }
  ASSIGN_OR_RETURN(auto batches, ReadLog(folder + "/recorded"));
  // What was written when the store was made is no import.
  std::erase_if(batches, [](const RawBatch& batch) { return batch.size() < 100; });
  if (batches.size() == kEvents / 100) return batches;
  return absl::InternalError(absl::StrCat(batches.size(), " batches in the log"));
}

// Processor time per record, in microseconds.
double PerRecord(absl::Duration time) { return absl::ToDoubleMicroseconds(time) / kSlice; }

// One side: its slices in order, each once.
class BinaryImport {
 public:
  explicit BinaryImport(const ServerProcess* server)
      : server_(server),
        target_{Dial(server->address()), "/chancery.events.v1.EventsService/BatchCreateEvents"},
        before_(ProcessorTime(server->pid())) {}

  double Slice() {
    const auto batches = SampleBatches(std::exchange(next_, next_ + kSlice), kSlice);
    status.Update(DriveOnce(target_, 1, batches).status);
    const absl::Duration now = ProcessorTime(server_->pid());
    return PerRecord(now - std::exchange(before_, now));
  }

  absl::Status status;

 private:
  const ServerProcess* const server_;
  const Target target_;
  absl::Duration before_;
  int next_ = 0;
};

class RawImport {
 public:
  RawImport(RawDatabase* database, std::vector<RawBatch> batches)
      : database_(database), batches_(std::move(batches)) {}

  double Slice() {
    const absl::Duration before = ProcessorTime();
    for (int i = 0; i < kBatches; ++i) status.Update(database_->Write(batches_.at(next_++)));
    return PerRecord(ProcessorTime() - before);
  }

  absl::Status status;

 private:
  RawDatabase* const database_;
  const std::vector<RawBatch> batches_;
  int next_ = 0;
};

class JsonImport {
 public:
  explicit JsonImport(const ServerProcess* server)
      : server_(server), client_(ctl::Client::Dial({.address = server->address()})) {}

  double Slice() {
    const std::vector<ctl::ImportLine> lines = Lines(std::exchange(next_, next_ + kSlice));
    const absl::Duration before = ProcessorTime() + ProcessorTime(server_->pid());
    const auto report = ctl::ImportLines(client_, lines, {});
    status.Update(report.status());
    if (report.ok() && !report->refusals.empty()) status.Update(report->refusals.front().status);
    return PerRecord(ProcessorTime() + ProcessorTime(server_->pid()) - before);
  }

  absl::Status status;

 private:
  static std::vector<ctl::ImportLine> Lines(int first) {
    std::vector<ctl::ImportLine> lines;
    for (int i = first; i < first + kSlice; ++i) {
      events::v1::Event event = SampleEvent(i);
      event.set_name(SampleName(i));
      ctl::ImportLine& line = lines.emplace_back();
      line.dataset = "bench";
      line.file = "events.jsonl";
      line.number = i + 1;
      if (!google::protobuf::util::MessageToJsonString(event, &line.text).ok()) std::abort();
    }
    return lines;
  }

  const ServerProcess* const server_;
  const ctl::Client client_;
  int next_ = 0;
};

Figure Compare(const char* id, const char* name, const std::vector<double>& cost,
               const std::vector<double>& raw_cost, Goal goal) {
  return {.id = id,
          .name = name,
          .measured = Amount(SpreadOf(cost).median, "µs a record"),
          .against = absl::StrCat("raw batches, ", Amount(SpreadOf(raw_cost).median, "µs")),
          .result = RatioOf(raw_cost, cost),
          .goal = goal};
}

}  // namespace

Figures MeasureImport() {
  const std::string folder = testing::NewFolder("import");
  ASSIGN_OR_RETURN(auto batches, Record(folder));
  ASSIGN_OR_RETURN(const auto database, RawDatabase::Open(folder + "/raw"));
  ASSIGN_OR_RETURN(
      const auto service,
      ServerProcess::Start({testing::BinaryPath("services/events/chancery-events"), "--data",
                            folder + "/events", "--key-file", folder + "/token.key"}));
  ASSIGN_OR_RETURN(const auto whole,
                   ServerProcess::Start({testing::BinaryPath("deploy/allinone/chancery"), "serve",
                                         "--port", "0", "--data", folder + "/register"}));
  RETURN_IF_ERROR(testing::ImportBrief(whole->address()));
  RawImport raw(database.get(), std::move(batches));
  BinaryImport binary(service.get());
  JsonImport json(whole.get());
  const auto costs = Interleave(
      {[&] { return raw.Slice(); }, [&] { return binary.Slice(); }, [&] { return json.Slice(); }},
      kRounds);
  for (const absl::Status& status : {raw.status, binary.status, json.status}) {
    RETURN_IF_ERROR(status);
  }
  service->Stop(SIGTERM);
  whole->Stop(SIGTERM);
  return std::vector<Figure>{
      Compare("import.binary", "Import of binary records, processor time", costs[1], costs[0],
              {Goal::Kind::kAtLeast, 0.4}),
      Compare("import.json", "Import of JSON lines, client and server", costs[2], costs[0], {})};
}

}  // namespace chancery::bench
