#include "gateway/rpc/agreement_statuses.h"

#include <algorithm>
#include <utility>

#include "absl/time/civil_time.h"

namespace chancery::gateway::rpc {
namespace {

constexpr int kMaxNames = 100;  // as the contract says
// A status is about as large as its agreement, and a reply at most 4 MiB.
constexpr size_t kMaxBytes = 1 << 20;

}  // namespace

AgreementStatuses::AgreementStatuses(const std::vector<agreements::v1::Agreement>& agreements,
                                     Companion* next)
    : next_(next) {
  size_t bytes = kMaxBytes;
  for (const agreements::v1::Agreement& agreement : agreements) {
    const size_t size = agreement.ByteSizeLong();
    const bool full = bytes + size > kMaxBytes || batches_.back().request.names_size() == kMaxNames;
    if (full) batches_.emplace_back();
    bytes = full ? size : bytes + size;
    batches_.back().request.add_names(agreement.name());
  }
}

bool AgreementStatuses::HasQuestions() const {
  return (next_ != nullptr && next_->HasQuestions()) ||
         std::any_of(batches_.begin(), batches_.end(),
                     [](const Batch& batch) { return !batch.asked; });
}

void AgreementStatuses::Ask(Reading& reading, upstream::Round& round) {
  upstream::Backend& agreements = reading.environment().backends.agreements();
  for (Batch& batch : batches_) {
    if (std::exchange(batch.asked, true)) continue;
    if (!reading.CanAsk(agreements)) {
      reading.Lacks(agreements, kAgreements);
      batch.taken = true;
      continue;
    }
    *batch.request.mutable_as_of() = reading.moment().ForServices();
    batch.request.mutable_as_of()->set_valid_at(absl::FormatCivilTime(reading.moment().valid_at));
    round.Ask(agreements, "BatchGetAgreementStatuses", batch.request, reading.Options(),
              &batch.answer);
  }
  if (next_ != nullptr) next_->Ask(reading, round);
}

absl::Status AgreementStatuses::Take(Reading& reading) {
  for (Batch& batch : batches_) {
    if (!batch.asked || std::exchange(batch.taken, true)) continue;
    auto& reply = batch.answer.reply;
    if (!reading.Take(reading.environment().backends.agreements(), kAgreements, reply.status(),
                      batch.answer.token)) {
      continue;
    }
    for (auto& status : *reply->mutable_agreement_statuses()) {
      std::string name = status.agreement();
      statuses_[std::move(name)] = std::move(status);
    }
  }
  return next_ == nullptr ? absl::OkStatus() : next_->Take(reading);
}

}  // namespace chancery::gateway::rpc
