#include "gateway/rpc/verification.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::Citation;

constexpr size_t kMaxCitations = 500;  // as the contract says of ResolveCitations

}  // namespace

std::vector<std::unique_ptr<Verification>> MakeVerifications(
    const std::vector<FoundCitation>& citations, const types::v1::AsOf& as_of) {
  std::vector<std::unique_ptr<Verification>> made;
  for (size_t i = 0; i < citations.size(); ++i) {
    if (i % kMaxCitations == 0) {
      made.push_back(std::make_unique<Verification>());
      made.back()->request.set_verification_only(true);
      *made.back()->request.mutable_as_of() = as_of;
    }
    const Citation& from = *citations[i].citation;
    Citation& asked = *made.back()->request.add_citations();
    asked.set_source(from.source());
    asked.set_digest(from.digest());
    asked.set_start(from.start());
    asked.set_end(from.end());
    asked.set_slice_digest(from.slice_digest());
    asked.set_exact(from.exact());
  }
  return made;
}

}  // namespace chancery::gateway::rpc
