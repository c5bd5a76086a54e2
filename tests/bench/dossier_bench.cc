// GetDossier of Russia and Japan on the brief's record against what it has to wait for.
//
// The gateway calls the services by TCP over channels with an interceptor, which notes when each of
// its calls began and ended. A call that begins when all before it have ended begins a round, so
// the rounds show in the times themselves, whatever the gateway's methods are like. The dossier's
// time is the client's, from sending to having the bytes; the ratio is of this very dossier to the
// sum over its rounds of the longest call of each. What is above 1 is the client's hop, the
// merging, and the encoding of the reply.

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "proto/errors/status_macros.h"
#include "tests/bench/deployment.h"
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
  absl::Duration slowest;  // the sum over the rounds
};

Rounds RoundsOf(const std::vector<BackendCall>& calls) {
  Rounds rounds;
  absl::Time ended = absl::InfinitePast();
  absl::Duration longest;
  for (const BackendCall& call : calls) {
    if (call.begin >= ended) {
      ++rounds.count;
      rounds.slowest += std::exchange(longest, absl::ZeroDuration());
    }
    ended = std::max(ended, call.end);
    longest = std::max(longest, call.end - call.begin);
  }
  rounds.slowest += longest;
  return rounds;
}

// Some dossiers, one after another.
struct Slice {
  absl::Duration dossiers;
  absl::Duration slowest;
  int rounds = 0;    // of the last
  size_t calls = 0;  // of the last
  absl::Status status;

  void Add(const Driven& driven, const std::vector<BackendCall>& seen) {
    const Rounds found = RoundsOf(seen);
    status.Update(driven.status);
    dossiers += driven.took;
    slowest += found.slowest;
    rounds = found.count;
    calls = seen.size();
  }
};

using gateway::v1::GetDossierRequest;

absl::StatusOr<Figure> Measure(const Target& target, const GetDossierRequest& request,
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
  std::vector<double> dossiers, slowest;
  for (int i = 0; i < kSlices; ++i) {
    dossiers.push_back(take());
    slowest.push_back(absl::ToDoubleMilliseconds(slice.slowest) / kPerSlice);
    RETURN_IF_ERROR(slice.status);
  }
  return Figure{.measured = Amount(SpreadOf(dossiers).median, "ms"),
                .against =
                    absl::StrCat("slowest calls of its ", slice.rounds, " rounds (", slice.calls,
                                 " calls), ", Amount(SpreadOf(slowest).median, "ms")),
                .unit = "times as long",
                .result = RatioOf(dossiers, slowest),
                .goal = {Goal::Kind::kAtMost, 1.3}};
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
  ASSIGN_OR_RETURN(Figure all, Measure(target, request, log));
  all.id = "dossier.all";
  all.name = "GetDossier, Russia and Japan, all six sections";
  request.add_sections(GetDossierRequest::TIMELINE);
  request.add_sections(GetDossierRequest::AGREEMENTS);
  ASSIGN_OR_RETURN(Figure two, Measure(target, request, log));
  two.id = "dossier";
  two.name = "GetDossier, its timeline and agreements";
  return std::vector<Figure>{std::move(two), std::move(all)};
}

}  // namespace chancery::bench
