// The first page of 50 events of a state, in order of time, through the index by state.
//
// Against it: an echo server whose reply is read, call by call, with a RocksDB iterator over 50
// neighbouring entries of the same size. It has what List can not have: the records lie in the
// order that is asked for, with nothing to be looked up by name.
//
// The page after changes: in the same store, two states each of whose events has been given another
// date ten times, so that for every entry of the index there are ten that no longer hold. `near`
// moved by a day each time, as corrections do: old entries lie among those that hold. `far` moved
// behind all others each time, the worst there is: the page begins after all old entries.
//
// All stores are compacted, all replies are of the same size.

#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "proto/errors/status_macros.h"
#include "rocksdb/db.h"
#include "services/events/events_service.h"
#include "tests/bench/deployment.h"
#include "tests/bench/echo.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sample_events.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

constexpr int kPerState = 1'000;
constexpr int kPage = 50;
constexpr int kChanges = 10;
constexpr int kInFlight = 8;
constexpr int kRounds = 20;
constexpr auto kSlice = absl::Milliseconds(150);

struct State {
  const char* name;
  int first;      // of its events
  int move_days;  // with each change
};
constexpr State kFresh = {"states/fresh", 0, 0};
constexpr State kNear = {"states/near", kPerState, 1};
constexpr State kFar = {"states/far", 2 * kPerState, kPerState};

// The iterator's side.
class PlainPages {
 public:
  PlainPages(const std::string& path, size_t page_bytes) {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    if (!rocksdb::DB::Open(options, path, &db).ok()) std::abort();
    db_.reset(db);
    const std::string value(page_bytes / kPage, 'x');
    for (int i = 0; i < 3 * kPerState; ++i) {
      db_->Put({}, absl::StrFormat("states/fresh events/e%07d", i), value).PermitUncheckedError();
    }
    db_->CompactRange({}, nullptr, nullptr).PermitUncheckedError();
  }

  grpc::ByteBuffer Read() const {
    std::string page;
    page.reserve(64 << 10);
    const std::unique_ptr<rocksdb::Iterator> entry(db_->NewIterator({}));
    int left = kPage;
    for (entry->Seek("states/fresh events/e0000100"); entry->Valid() && left > 0; entry->Next()) {
      page.append(entry->value().data(), entry->value().size());
      --left;
    }
    const grpc::Slice slice(page);
    return grpc::ByteBuffer(&slice, 1);
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
};

absl::Status Change(OpenService& events, const State& state) {
  for (int change = 1; change <= kChanges; ++change) {
    std::vector<grpc::ByteBuffer> updates;
    for (int i = state.first; i < state.first + kPerState; ++i) {
      events::v1::UpdateEventRequest update;
      update.mutable_event()->set_name(SampleName(i));
      update.mutable_event()->mutable_time()->set_edtf(Day(i + change * state.move_days));
      update.mutable_update_mask()->add_paths("time");
      updates.push_back(Bytes(update));
    }
    RETURN_IF_ERROR(DriveOnce(events.InProcess("UpdateEvent"), 100, updates).status);
  }
  return absl::OkStatus();
}

std::vector<grpc::ByteBuffer> PageOf(const State& state) {
  events::v1::ListEventsRequest request;
  request.set_filter(absl::StrCat("involves = \"", state.name, "\""));
  request.set_page_size(kPage);
  return {Bytes(request)};
}

absl::Status Fill(OpenService& events) {
  for (const State& state : {kFresh, kNear, kFar}) {
    RETURN_IF_ERROR(DriveOnce(events.InProcess("BatchCreateEvents"), 4,
                              SampleBatches(state.first, kPerState, state.name))
                        .status);
    if (state.move_days > 0) RETURN_IF_ERROR(Change(events, state));
  }
  return events.store().CompactAll();
}

}  // namespace

Figures MeasureList() {
  const std::string folder = testing::NewFolder("list");
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(folder + "/token.key"));
  ASSIGN_OR_RETURN(const auto events,
                   OpenService::Open(events::Definition(), folder + "/events", sealer.get(),
                                     /*sync=*/false));
  RETURN_IF_ERROR(Fill(*events));
  const Target list = events->At("ListEvents");
  const Driven once = DriveOnce(list, 1, PageOf(kFresh));
  RETURN_IF_ERROR(once.status);
  const PlainPages plain(folder + "/plain", once.reply_bytes);
  const EchoServer echo([&plain](const grpc::ByteBuffer&) { return plain.Read(); });

  absl::Status status;
  const auto rate = [&](const Target& target, const State& state) {
    return [&, target, requests = PageOf(state)] {
      const Driven driven = DriveFor(target, kInFlight, kSlice, requests);
      status.Update(driven.status);
      return driven.PerSecond();
    };
  };
  const auto rates = Interleave(
      {rate(echo.target(), kFresh), rate(list, kFresh), rate(list, kNear), rate(list, kFar)},
      kRounds);
  RETURN_IF_ERROR(status);
  const auto per_second = [&](int side) { return Amount(SpreadOf(rates[side]).median, "/s"); };
  const auto slower = [&](const char* id, const char* name, int side) {
    return Figure{.id = id,
                  .name = name,
                  .measured = per_second(side),
                  .against = absl::StrCat("the page fresh, ", per_second(1)),
                  .unit = "times as long",
                  .result = RatioOf(rates[1], rates[side]),
                  .goal = {Goal::Kind::kAtMost, 2, /*later=*/true}};
  };
  return std::vector<Figure>{
      {.id = "list.fresh",
       .name = "List, page of 50 through an index",
       .measured = per_second(1),
       .against = absl::StrCat("iterator + echo, ", per_second(0)),
       .result = RatioOf(rates[1], rates[0]),
       .goal = {Goal::Kind::kAtLeast, 0.6, /*later=*/true}},
      slower("list.changed.near", "List, every date corrected 10 times by a day", 2),
      slower("list.changed.far", "List, every date moved 10 times behind all others", 3)};
}

}  // namespace chancery::bench
