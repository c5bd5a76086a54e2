// What overlaps a window of 50 days, a page of 55 events, in a store of 10 000 events and in one of
// 1 000 000. There is an event on every day, so the larger store has 2700 years before the window;
// every tenth goes on for fifty days more, so that some reach into it.
//
// Both stores are compacted; both replies have the same events but for their etags and times.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "proto/errors/status_macros.h"
#include "services/events/events_service.h"
#include "tests/bench/deployment.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sample_events.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

constexpr int kFew = 10'000;
constexpr int kMany = 1'000'000;
constexpr int kBatch = 100;
constexpr int kBatchesAtOnce = 100;
constexpr int kStay = 50;
constexpr int kInFlight = 8;
constexpr int kRounds = 20;
constexpr auto kSlice = absl::Milliseconds(150);

// The last day on which anything begins; the window lies a hundred days before.
const absl::CivilDay kLast(9000, 1, 1);

std::string TimeOf(absl::CivilDay day, int i) {
  const std::string first = absl::FormatCivilTime(day);
  return i % 10 == 0 ? absl::StrCat(first, "/", absl::FormatCivilTime(day + kStay)) : first;
}

// The events number `first` and following of a store, counted backwards from the last day.
grpc::ByteBuffer BatchFrom(int first) {
  events::v1::BatchCreateEventsRequest batch;
  for (int i = first; i < first + kBatch; ++i) {
    auto& request = *batch.add_requests();
    request.set_event_id(SampleId(i));
    request.mutable_event()->set_title(absl::StrCat("Meeting ", i));
    request.mutable_event()->set_kind(events::v1::Event::MEETING);
    request.mutable_event()->mutable_time()->set_edtf(TimeOf(kLast - i, i));
  }
  return Bytes(batch);
}

absl::Status Fill(OpenService& events, int count) {
  std::vector<grpc::ByteBuffer> batches;
  for (int i = 0; i < count; i += kBatch) {
    batches.push_back(BatchFrom(i));
    if (batches.size() < kBatchesAtOnce && i + kBatch < count) continue;
    RETURN_IF_ERROR(DriveOnce(events.InProcess("BatchCreateEvents"), 4, batches).status);
    batches.clear();
  }
  return events.store().CompactAll();
}

std::vector<grpc::ByteBuffer> Page() {
  events::v1::ListEventsRequest request;
  request.set_filter(absl::StrFormat("overlaps(time, \"%s/%s\")",
                                     absl::FormatCivilTime(kLast - 150),
                                     absl::FormatCivilTime(kLast - 101)));
  request.set_page_size(500);
  return {Bytes(request)};
}

}  // namespace

Figures MeasureWindow() {
  const std::string folder = testing::NewFolder("window");
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(folder + "/token.key"));
  std::vector<std::unique_ptr<OpenService>> stores;
  for (const int count : {kFew, kMany}) {
    ASSIGN_OR_RETURN(auto events,
                     OpenService::Open(events::Definition(), absl::StrCat(folder, "/", count),
                                       sealer.get(), /*sync=*/false));
    RETURN_IF_ERROR(Fill(*events, count));
    stores.push_back(std::move(events));
  }
  absl::Status status;
  const auto rate = [&](const Target& target) {
    return [&status, target, requests = Page()] {
      const Driven driven = DriveFor(target, kInFlight, kSlice, requests);
      status.Update(driven.status);
      return driven.PerSecond();
    };
  };
  const auto rates =
      Interleave({rate(stores[0]->At("ListEvents")), rate(stores[1]->At("ListEvents"))}, kRounds);
  RETURN_IF_ERROR(status);
  const auto per_second = [&](int side) { return Amount(SpreadOf(rates[side]).median, "/s"); };
  return std::vector<Figure>{{.id = "window",
                              .name = "a window of 50 days, of 1 000 000 events",
                              .measured = per_second(1),
                              .against = absl::StrCat("of 10 000, ", per_second(0)),
                              .unit = "times as long",
                              .result = RatioOf(rates[0], rates[1]),
                              .goal = {Goal::Kind::kAtMost, 2}}};
}

}  // namespace chancery::bench
