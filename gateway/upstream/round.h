#ifndef CHANCERY_GATEWAY_UPSTREAM_ROUND_H_
#define CHANCERY_GATEWAY_UPSTREAM_ROUND_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/upstream/backend.h"

namespace chancery::gateway::upstream {

// Several calls at once, and what to do when the last of them has ended:
//
//   Round round([self] { self->Continue(); });
//   round.Ask(people, "GetState", request, options, &self->state);
//   round.Ask(events, "ListEvents", other, options, &self->events);
//   std::move(round).Close();
//
// The continuation runs once, after Close(): on the thread of the last answer, or in Close() if
// there is none to wait for. It sees all answers; nobody else may touch them before. It must keep
// what the answers lie in alive, which is what `self` does here.
class Round {
 public:
  explicit Round(absl::AnyInvocable<void()> then);
  Round(Round&&) = default;

  template <typename Reply>
  void Ask(Backend& backend, absl::string_view method, const google::protobuf::Message& request,
           const CallOptions& options, Answer<Reply>* answer) {
    answer->reply.emplace();
    AskInto(backend, method, request, options, &*answer->reply,
            [answer](absl::Status status, std::string token) {
              if (!status.ok()) answer->reply = std::move(status);
              answer->token = std::move(token);
            });
  }

  // The same for a message whose type is only known when running. `taken` runs on the thread of the
  // answer, beside those of others.
  void AskInto(Backend& backend, absl::string_view method, const google::protobuf::Message& request,
               const CallOptions& options, google::protobuf::Message* reply,
               absl::AnyInvocable<void(absl::Status, std::string token)> taken);

  // No more calls.
  void Close() &&;

 private:
  struct State;

  static void Leave(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;
};

}  // namespace chancery::gateway::upstream

#endif  // CHANCERY_GATEWAY_UPSTREAM_ROUND_H_
