#include <array>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "chancery/types/v1/status.pb.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/reading.h"
#include "gateway/rpc/tokens.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::StoreStatus;

struct Stores {
  std::array<upstream::Answer<StoreStatus>, 3> answers;
};

// Over the services' own, in the order of their names.
std::string DigestOf(const v1::RegisterStatus& status) {
  std::string digests;
  for (const StoreStatus& store : status.stores()) digests += store.digest();
  return Sha256Hex(digests);
}

v1::RegisterStatus MakeStatus(const Environment& environment, bool full, Stores& stores) {
  v1::RegisterStatus status;
  status.set_ephemeral(environment.ephemeral);
  const auto backends = environment.backends.all();
  for (size_t i = 0; i < backends.size(); ++i) {
    auto& reply = stores.answers[i].reply;
    if (reply.ok()) {
      *status.add_stores() = *std::move(reply);
    } else {
      v1::Unreachable& unreachable = *status.add_unreachable();
      unreachable.set_service(backends[i]->name());
      unreachable.set_reason(ReasonOf(reply.status()));
    }
  }
  if (full && status.unreachable().empty()) status.set_digest(DigestOf(status));
  return status;
}

}  // namespace

void GetRegisterStatus(const Environment& environment, v1::GetRegisterStatusRequest request,
                       serving::Call call) {
  const Budget budget(call.deadline(), absl::Now(), environment.limits);
  const upstream::CallOptions options{budget.end(), call.principal(), &call.context()};
  auto stores = std::make_shared<Stores>();
  auto waiting = std::make_shared<serving::Call>(std::move(call));
  upstream::Round round([&environment, stores, waiting, full = request.full()] {
    std::move(*waiting).Finish(MakeStatus(environment, full, *stores));
  });
  types::v1::GetStoreStatusRequest ask;
  ask.set_full(request.full());
  const auto backends = environment.backends.all();
  for (size_t i = 0; i < backends.size(); ++i) {
    round.Ask(*backends[i], "GetStoreStatus", ask, options, &stores->answers[i]);
  }
  std::move(round).Close();
}

}  // namespace chancery::gateway::rpc
