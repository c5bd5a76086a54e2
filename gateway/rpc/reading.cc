#include "gateway/rpc/reading.h"

#include <utility>

#include "absl/time/clock.h"
#include "gateway/rpc/tokens.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {

Reading::Reading(const Environment& environment, serving::Call call, Moment moment)
    : environment_(environment),
      call_(std::move(call)),
      moment_(moment),
      budget_(call_.deadline(), absl::Now(), environment.limits) {}

upstream::CallOptions Reading::Options() const {
  return {budget_.ForCalls(absl::Now()), call_.principal(), &call_.context()};
}

bool Reading::CanAsk(const upstream::Backend& backend) const {
  return !failures_.contains(backend.name());
}

bool Reading::Take(const upstream::Backend& backend, absl::string_view part,
                   const absl::Status& status, const std::string& token) {
  if (status.ok()) {
    if (!token.empty()) tokens_.try_emplace(backend.name(), token);
    return true;
  }
  Failure& failure = failures_[backend.name()];
  if (failure.reason.empty()) failure.reason = ReasonOf(status);
  failure.parts.emplace(part);
  return false;
}

void Reading::Lacks(const upstream::Backend& backend, absl::string_view part) {
  failures_[backend.name()].parts.emplace(part);
}

std::string Reading::Token() const {
  v1::RegisterToken token;
  *token.mutable_known_at() = ToProto(moment_.known_at);
  for (const auto& [service, sealed] : tokens_) {
    v1::ServiceToken& row = *token.add_services();
    row.set_service(service);
    row.set_token(sealed);
  }
  return Encode(std::move(token));
}

void Reading::FillUnreachable(
    google::protobuf::RepeatedPtrField<v1::Unreachable>& unreachable) const {
  for (const auto& [service, failure] : failures_) {
    v1::Unreachable& row = *unreachable.Add();
    row.set_service(service);
    row.set_reason(failure.reason);
    for (const std::string& part : failure.parts) row.add_sections(part);
  }
}

std::string ReasonOf(const absl::Status& status) {
  const std::string reason = errors::InfoOf(status).reason();
  // The gateway never asks for a time that is in the future by its own clock.
  if (reason == types::v1::ErrorReason_Name(types::v1::KNOWN_AT_IN_FUTURE)) {
    return types::v1::ErrorReason_Name(types::v1::CLOCK_SKEW);
  }
  return reason.empty() ? types::v1::ErrorReason_Name(types::v1::INTERNAL_FAULT) : reason;
}

}  // namespace chancery::gateway::rpc
