#include "gateway/rpc/verification.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"

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

void AskAll(const std::vector<std::unique_ptr<Verification>>& questions,
            upstream::Backend& agreements, const upstream::CallOptions& options,
            upstream::Round& round) {
  for (const auto& question : questions) {
    round.AskInto(agreements, "ResolveCitations", question->request, options, &question->reply,
                  [q = question.get()](absl::Status status, std::string token) {
                    q->status = std::move(status);
                    q->token = std::move(token);
                  });
  }
}

absl::Status VerdictOf(const types::v1::Quotation& quotation, const std::string& field,
                       const std::string& source) {
  if (quotation.verification() != types::v1::Quotation::MISMATCH) return absl::OkStatus();
  return errors::Error(
      types::v1::CITATION_MISMATCH,
      absl::StrCat(field, " differs from the text of ", source, ": ", quotation.rule()),
      {{"field", field}, {"source", source}, {"rule", quotation.rule()}});
}

}  // namespace chancery::gateway::rpc
