// GetDossier of Russia and Japan on the brief's record against what it has to wait for.
//
// The gateway calls the services by TCP over channels with an interceptor, which notes when each of
// its calls began and ended. A call that begins when all before it have ended begins a round, so
// the rounds show in the times themselves, whatever the gateway's methods are like. The dossier's
// time is the client's, from sending to having the bytes; the ratio is of this very dossier to the
// sum over its rounds of the longest call of each. What is above 1 is the client's hop, the calls
// of a round that begin after its longest one or end after it, the merging, and the encoding of the
// reply. The hop, measured as an echo of as many bytes, and the rounds as long as they took are
// what a gateway that did nothing would need.

#include <algorithm>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "proto/errors/status_macros.h"
#include "tests/bench/deployment.h"
#include "tests/bench/echo.h"
#include "tests/bench/load.h"
#include "tests/bench/measurements.h"
#include "tests/support/brief_import.h"
#include "tests/support/process.h"

namespace chancery::bench {
namespace {

using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

constexpr int kSlices = 20;
constexpr int kPerSlice = 20;

struct BackendCall {
  absl::Time begin;
  absl::Time end;
};

class CallLog {
 public:
  void Add(BackendCall call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
  }
  // In the order in which they began.
  std::vector<BackendCall> Take() {
    const std::lock_guard lock(mutex_);
    std::vector<BackendCall> calls = std::exchange(calls_, {});
    std::sort(calls.begin(), calls.end(),
              [](const BackendCall& a, const BackendCall& b) { return a.begin < b.begin; });
    return calls;
  }

 private:
  std::mutex mutex_;
  std::vector<BackendCall> calls_;
};

class CallTimer final : public Interceptor {
 public:
  explicit CallTimer(CallLog* log) : log_(log) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      begin_ = absl::Now();
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_STATUS)) {
      log_->Add({begin_, absl::Now()});
    }
    methods->Proceed();
  }

 private:
  CallLog* const log_;
  absl::Time begin_;
};

class CallTimers final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit CallTimers(CallLog* log) : log_(log) {}
  Interceptor* CreateClientInterceptor(ClientRpcInfo*) override { return new CallTimer(log_); }

 private:
  CallLog* const log_;
};

struct Rounds {
  int count = 0;
  absl::Duration slowest;  // the sum over the rounds of the longest call
  absl::Duration taken;    // the sum over the rounds from the first begin to the last end
};

Rounds RoundsOf(const std::vector<BackendCall>& calls) {
  Rounds rounds;
  absl::Time began;
  absl::Time ended = absl::InfinitePast();
  absl::Duration longest;
  const auto close = [&] {
    if (rounds.count == 0) return;
    rounds.slowest += std::exchange(longest, absl::ZeroDuration());
    rounds.taken += ended - began;
  };
  for (const BackendCall& call : calls) {
    if (call.begin >= ended) {
      close();
      ++rounds.count;
      began = call.begin;
    }
    ended = std::max(ended, call.end);
    longest = std::max(longest, call.end - call.begin);
  }
  close();
  return rounds;
}

// Some dossiers, one after another.
struct Slice {
  absl::Duration dossiers;
  absl::Duration slowest;
  absl::Duration taken;
  int64_t bytes = 0;
  int rounds = 0;    // of the last
  size_t calls = 0;  // of the last
  absl::Status status;

  void Add(const Driven& driven, const std::vector<BackendCall>& seen) {
    const Rounds found = RoundsOf(seen);
    status.Update(driven.status);
    dossiers += driven.took;
    slowest += found.slowest;
    taken += found.taken;
    bytes += driven.reply_bytes;
    rounds = found.count;
    calls = seen.size();
  }
};

using gateway::v1::GetDossierRequest;

// The dossier, and what of it no gateway could save.
absl::StatusOr<std::vector<Figure>> Measure(const Target& target, const GetDossierRequest& request,
                                            CallLog& log) {
  const std::vector<grpc::ByteBuffer> requests = {Bytes(request)};
  log.Take();
  Slice slice;
  const auto take = [&]() -> double {
    slice = Slice();
    for (int i = 0; i < kPerSlice; ++i) {
      const Driven driven = DriveOnce(target, 1, requests);
      slice.Add(driven, log.Take());
    }
    return absl::ToDoubleMilliseconds(slice.dossiers) / kPerSlice;
  };
  take();
  const EchoServer echo(static_cast<size_t>(slice.bytes / kPerSlice));
  const Target hop = echo.target();
  std::vector<double> dossiers, slowest, least;
  for (int i = 0; i < kSlices; ++i) {
    dossiers.push_back(take());
    slowest.push_back(absl::ToDoubleMilliseconds(slice.slowest) / kPerSlice);
    RETURN_IF_ERROR(slice.status);
    absl::Duration hops;
    for (int j = 0; j < kPerSlice; ++j) hops += DriveOnce(hop, 1, requests).took;
    least.push_back(absl::ToDoubleMilliseconds(slice.taken + hops) / kPerSlice);
  }
  const std::string rounds =
      absl::StrCat("slowest calls of its ", slice.rounds, " rounds (", slice.calls, " calls), ",
                   Amount(SpreadOf(slowest).median, "ms"));
  return std::vector<Figure>{{.measured = Amount(SpreadOf(dossiers).median, "ms"),
                              .against = rounds,
                              .unit = "times as long",
                              .result = RatioOf(dossiers, slowest),
                              .goal = {Goal::Kind::kAtMost, 1.3}},
                             {.measured = Amount(SpreadOf(least).median, "ms"),
                              .against = rounds,
                              .unit = "times as long",
                              .result = RatioOf(least, slowest)}};
}

}  // namespace

Figures MeasureDossier() {
  CallLog log;
  ASSIGN_OR_RETURN(const auto deployment, Deployment::Start(testing::NewFolder("dossier"), [&log] {
                     return std::make_unique<CallTimers>(&log);
                   }));
  RETURN_IF_ERROR(testing::ImportBrief(deployment->gateway_address()));
  const Target target = deployment->AtGateway("/chancery.gateway.v1.GatewayService/GetDossier");
  GetDossierRequest request;
  request.set_state("states/russia");
  request.set_other_state("states/japan");
  ASSIGN_OR_RETURN(std::vector<Figure> all, Measure(target, request, log));
  request.add_sections(GetDossierRequest::TIMELINE);
  request.add_sections(GetDossierRequest::AGREEMENTS);
  ASSIGN_OR_RETURN(std::vector<Figure> figures, Measure(target, request, log));
  figures.insert(figures.end(), all.begin(), all.end());
  const std::vector<std::pair<std::string, std::string>> names = {
      {"dossier", "GetDossier, its timeline and agreements"},
      {"dossier.least", "  its rounds, and an echo of as many bytes"},
      {"dossier.all", "GetDossier, all six sections"},
      {"dossier.all.least", "  its rounds, and an echo of as many bytes"}};
  for (size_t i = 0; i < names.size(); ++i) std::tie(figures[i].id, figures[i].name) = names[i];
  return figures;
}

}  // namespace chancery::bench
