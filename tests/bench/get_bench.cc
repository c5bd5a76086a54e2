// Get at the service against a bare echo: throughput of 32 calls in flight over one TCP connection
// of the loopback, from the same client in the same process, whose share is in both. 1 000 of
// 10 000 events are asked for, from a compacted store that fits into the block cache; the echo
// sends the same bytes every time, as many as the mean reply of the service has.
//
// Beside it, what the gateway adds: the same Get through it, with the service in its process as in
// `chancery serve`.

#include <numeric>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"
#include "tests/bench/deployment.h"
#include "tests/bench/echo.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sample_events.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

constexpr int kEvents = 10'000;
constexpr int kAsked = 1'000;
constexpr int kInFlight = 32;
constexpr int kRounds = 25;
constexpr auto kSlice = absl::Milliseconds(150);

std::vector<grpc::ByteBuffer> Requests() {
  std::mt19937 random(1);
  std::vector<grpc::ByteBuffer> requests;
  for (int i = 0; i < kAsked; ++i) {
    events::v1::GetEventRequest request;
    request.set_name(SampleName(static_cast<int>(random() % kEvents)));
    requests.push_back(Bytes(request));
  }
  return requests;
}

Figure Compare(const char* id, const char* name, const std::vector<double>& measured,
               const char* against_name, const std::vector<double>& against, Goal goal) {
  return {.id = id,
          .name = name,
          .measured = Amount(SpreadOf(measured).median, "/s"),
          .against = absl::StrCat(against_name, ", ", Amount(SpreadOf(against).median, "/s")),
          .result = RatioOf(measured, against),
          .goal = goal};
}

}  // namespace

Figures MeasureGet() {
  ASSIGN_OR_RETURN(const auto deployment, Deployment::Start(testing::NewFolder("get")));
  OpenService& events = deployment->events();
  const Driven filled =
      DriveOnce(events.InProcess("BatchCreateEvents"), 4, SampleBatches(0, kEvents));
  RETURN_IF_ERROR(filled.status);
  RETURN_IF_ERROR(events.store().CompactAll());

  const std::vector<grpc::ByteBuffer> requests = Requests();
  const Target service = events.At("GetEvent");
  const Driven once = DriveOnce(service, kInFlight, requests);
  RETURN_IF_ERROR(once.status);
  const EchoServer echo(once.reply_bytes / once.calls);

  absl::Status status;
  const auto rate = [&](const Target& target) {
    return [&, target] {
      const Driven driven = DriveFor(target, kInFlight, kSlice, requests);
      status.Update(driven.status);
      return driven.PerSecond();
    };
  };
  const auto rates =
      Interleave({rate(echo.target()), rate(service),
                  rate(deployment->AtGateway("/chancery.events.v1.EventsService/GetEvent"))},
                 kRounds);
  RETURN_IF_ERROR(status);
  return std::vector<Figure>{Compare("get.service", "Get at the service", rates[1], "bare echo",
                                     rates[0], {Goal::Kind::kAtLeast, 0.75}),
                             Compare("get.gateway", "Get through the gateway", rates[2],
                                     "Get at the service", rates[1], {})};
}

}  // namespace chancery::bench
