#include "gateway/upstream/round.h"

#include <atomic>

namespace chancery::gateway::upstream {

struct Round::State {
  absl::AnyInvocable<void()> then;
  std::atomic<int> open{1};  // the calls under way, and one for the round itself until Close()
};

Round::Round(absl::AnyInvocable<void()> then) : state_(std::make_shared<State>()) {
  state_->then = std::move(then);
}

void Round::AskInto(Backend& backend, absl::string_view method,
                    const google::protobuf::Message& request, const CallOptions& options,
                    google::protobuf::Message* reply,
                    absl::AnyInvocable<void(absl::Status, std::string)> taken) {
  state_->open.fetch_add(1, std::memory_order_relaxed);
  backend.Call(
      method, request, options, reply,
      [state = state_, taken = std::move(taken)](absl::Status status, std::string token) mutable {
        taken(std::move(status), std::move(token));
        Leave(state);
      });
}

void Round::Close() && { Leave(std::exchange(state_, nullptr)); }

void Round::Leave(const std::shared_ptr<State>& state) {
  if (state->open.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  auto then = std::move(state->then);
  then();
}

}  // namespace chancery::gateway::upstream
