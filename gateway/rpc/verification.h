#ifndef CHANCERY_GATEWAY_RPC_VERIFICATION_H_
#define CHANCERY_GATEWAY_RPC_VERIFICATION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/citations/find_citations.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// One question to ResolveCitations about some citations, for their verification alone.
struct Verification {
  agreements::v1::ResolveCitationsRequest request;
  agreements::v1::ResolveCitationsResponse reply;
  absl::Status status;
  std::string token;
};

// The questions for citations, each of at most as many as the service takes, in their order.
std::vector<std::unique_ptr<Verification>> MakeVerifications(
    const std::vector<FoundCitation>& citations, const types::v1::AsOf& as_of);

// Asks the agreements service them; the answers are in the questions, which must live until the
// round ends.
void AskAll(const std::vector<std::unique_ptr<Verification>>& questions,
            upstream::Backend& agreements, const upstream::CallOptions& options,
            upstream::Round& round);

// CITATION_MISMATCH, with `field`, `source` and `rule`, if that is what came of a citation.
absl::Status VerdictOf(const types::v1::Quotation& quotation, const std::string& field,
                       const std::string& source);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_VERIFICATION_H_
