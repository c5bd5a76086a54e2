#ifndef CHANCERY_GATEWAY_RPC_READING_H_
#define CHANCERY_GATEWAY_RPC_READING_H_

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/rpc/budget.h"
#include "gateway/rpc/environment.h"
#include "gateway/rpc/moment.h"
#include "gateway/upstream/backend.h"
#include "services/serving/call.h"

namespace chancery::gateway::rpc {

// The parts of replies that can lack something.
inline constexpr char kStates[] = "states";
inline constexpr char kTimeline[] = "timeline";
inline constexpr char kAgreements[] = "agreements";
inline constexpr char kMatters[] = "matters";
inline constexpr char kHolders[] = "holders";
inline constexpr char kContacts[] = "contacts";
inline constexpr char kStatistics[] = "statistics";
inline constexpr char kEncounters[] = "encounters";
inline constexpr char kSegments[] = "segments";
inline constexpr char kCitations[] = "citations";

// One answer in the making that reads several services at one moment, in one or more rounds of
// calls. It keeps what all such answers have in common: the call, the moment, the time left, which
// services failed and what is missing for it, the tokens of those that answered.
//
// A service that failed once is not asked again for this answer: its parts stay missing, the others
// come in time. Not thread-safe: used between rounds, not by calls.
class Reading {
 public:
  Reading(const Environment& environment, serving::Call call, Moment moment);

  const Environment& environment() const { return environment_; }
  const Moment& moment() const { return moment_; }

  // For calls that begin now.
  upstream::CallOptions Options() const;

  bool CanAsk(const upstream::Backend& backend) const;

  // What came of a call for a part of the reply. Whether it succeeded.
  bool Take(const upstream::Backend& backend, absl::string_view part, const absl::Status& status,
            const std::string& token);

  // A part lacks something from a service that failed before.
  void Lacks(const upstream::Backend& backend, absl::string_view part);

  // The parts of a reply that every answer has: the moment, the composite token, what is missing.
  // The call is answered.
  template <typename Reply>
  void Finish(Reply reply) {
    Complete(reply);
    std::move(call_).Finish(reply);
  }
  // The same for a reply with parts that are passed on.
  template <typename Reply>
  void Finish(Reply reply, const google::protobuf::Message& passed) {
    Complete(reply);
    std::move(call_).Finish(reply, passed);
  }
  void Fail(const absl::Status& status) { std::move(call_).Finish(status); }

 private:
  struct Failure {
    std::string reason;
    std::set<std::string> parts;
  };

  template <typename Reply>
  void Complete(Reply& reply) const {
    *reply.mutable_as_of() = moment_.Echo();
    reply.set_token(Token());
    FillUnreachable(*reply.mutable_unreachable());
  }
  std::string Token() const;
  void FillUnreachable(google::protobuf::RepeatedPtrField<v1::Unreachable>& unreachable) const;

  const Environment& environment_;
  serving::Call call_;
  const Moment moment_;
  const Budget budget_;
  std::map<std::string, Failure> failures_;    // by service
  std::map<std::string, std::string> tokens_;  // by service
};

// An error by the name of its reason, as `unreachable` shows it.
std::string ReasonOf(const absl::Status& status);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_READING_H_
