#include "gateway/rpc/reference_check.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/rpc/batch_get.h"
#include "gateway/rpc/references.h"
#include "gateway/rpc/verification.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

struct Check {
  std::vector<Reference> references;
  std::vector<std::unique_ptr<BatchGet>> batches;
  // By place and source, in the order of the verifications.
  std::vector<std::pair<std::string, std::string>> citations;
  std::vector<std::unique_ptr<Verification>> verifications;
  const upstream::Backend* sources = nullptr;
  absl::AnyInvocable<void(absl::Status)> done;
};

// A name of another kind than its field's is not looked up: the service refuses it by its form.
bool IsForeign(const Reference& reference, const upstream::Backend& target,
               const Collections& collections) {
  const Collection* collection = collections.Of(reference.name);
  return collection != nullptr && collection->owner != &target &&
         (reference.type == "*" || reference.type == collection->type) &&
         reference.name.size() > reference.name.find('/') + 1 &&
         reference.name.find('/') != std::string::npos;
}

absl::Status NotFound(const Check& check, const std::string& name) {
  for (const Reference& reference : check.references) {
    if (reference.name != name) continue;
    return errors::Error(
        types::v1::REFERENCE_NOT_FOUND,
        absl::StrCat(reference.field, " refers to ", reference.value, ", which does not exist"),
        {{"field", reference.field}, {"value", reference.value}});
  }
  return errors::Error(types::v1::REFERENCE_NOT_FOUND, absl::StrCat(name, " does not exist"),
                       {{"field", ""}, {"value", name}});
}

absl::Status Unreachable(const std::string& service, const absl::Status& status) {
  return errors::Error(types::v1::SERVICE_UNREACHABLE,
                       absl::StrCat("references could not be checked: ", service,
                                    " did not answer (", status.message(), ")"),
                       {{"service", service}});
}

absl::Status CitationVerdict(const Check& check) {
  size_t next = 0;
  for (const auto& each : check.verifications) {
    if (!each->status.ok()) return Unreachable(check.sources->name(), each->status);
    for (const types::v1::Quotation& quotation : each->reply.quotations()) {
      const auto& [field, source] = check.citations[next++];
      RETURN_IF_ERROR(VerdictOf(quotation, field, source));
    }
  }
  return absl::OkStatus();
}

absl::Status Verdict(const Check& check) {
  for (const auto& batch : check.batches) {
    if (batch->status.ok()) continue;
    const std::string missing = batch->NameNotFound();
    return missing.empty() ? Unreachable(batch->collection->owner->name(), batch->status)
                           : NotFound(check, missing);
  }
  return CitationVerdict(check);
}

}  // namespace

void CheckReferences(const google::protobuf::Message& request, const upstream::Backend& target,
                     const Environment& environment, const upstream::CallOptions& options,
                     absl::AnyInvocable<void(absl::Status)> done) {
  const Collections& collections = environment.collections;
  auto check = std::make_shared<Check>();
  dossier::NameSet names;
  for (Reference& reference : FindReferences(request)) {
    if (!IsForeign(reference, target, collections)) continue;
    names.insert(reference.name);
    check->references.push_back(std::move(reference));
  }
  check->batches = MakeBatchGets(names, collections, {});
  upstream::Backend& sources = environment.backends.agreements();
  check->sources = &sources;
  if (&target != &sources) {
    const std::vector<FoundCitation> citations = FindCitations(request);
    for (const FoundCitation& one : citations) {
      check->citations.emplace_back(one.field, one.citation->source());
    }
    check->verifications = MakeVerifications(citations, {});
  }
  check->done = std::move(done);
  upstream::Round round([check] { check->done(Verdict(*check)); });
  AskAll(check->batches, options, round);
  AskAll(check->verifications, sources, options, round);
  std::move(round).Close();
}

}  // namespace chancery::gateway::rpc
