#ifndef CHANCERY_GATEWAY_RPC_AGREEMENT_STATUSES_H_
#define CHANCERY_GATEWAY_RPC_AGREEMENT_STATUSES_H_

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/reading.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// Asks for the statuses of agreements on the reading's day, in the first round of a lookup. What
// can not be had is missing and noted in the reading.
class AgreementStatuses : public Companion {
 public:
  // `next`, if any, goes along with the same rounds and must outlive this.
  AgreementStatuses(const std::vector<agreements::v1::Agreement>& agreements, Companion* next);

  bool HasQuestions() const override;
  void Ask(Reading& reading, upstream::Round& round) override;
  absl::Status Take(Reading& reading) override;

  // By the agreement's name. Takes them out.
  std::map<std::string, agreements::v1::AgreementStatus> Release() { return std::move(statuses_); }

 private:
  struct Batch {
    agreements::v1::BatchGetAgreementStatusesRequest request;
    upstream::Answer<agreements::v1::BatchGetAgreementStatusesResponse> answer;
    bool asked = false;
    bool taken = false;
  };

  Companion* const next_;
  std::deque<Batch> batches_;  // calls write into its elements
  std::map<std::string, agreements::v1::AgreementStatus> statuses_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_AGREEMENT_STATUSES_H_
