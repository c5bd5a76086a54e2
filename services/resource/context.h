#ifndef CHANCERY_SERVICES_RESOURCE_CONTEXT_H_
#define CHANCERY_SERVICES_RESOURCE_CONTEXT_H_

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/read.pb.h"
#include "services/resource/resource_spec.h"
#include "services/serving/call.h"
#include "services/serving/executor.h"
#include "storage/sealer.h"
#include "storage/store.h"

namespace chancery::resource {

// What the resources of one service share: its store, its seals, its threads. Thread-safe; must
// outlive all calls.
class Context {
 public:
  // `service` is its short name ("people"); `specs` are all its kinds.
  Context(std::string service, storage::Store* store, const storage::Sealer* sealer,
          serving::Executor* executor, std::vector<const ResourceSpec*> specs);

  const std::string& service() const { return service_; }
  storage::Store& store() const { return *store_; }
  const storage::Sealer& sealer() const { return *sealer_; }
  const std::vector<const ResourceSpec*>& specs() const { return specs_; }

  // The table of a collection of this service; null for other services' collections.
  const storage::TableSpec* FindTable(absl::string_view collection) const;

  // Where a read continues, once its moment is known.
  using WithView = std::function<void(const storage::ReadView&, serving::Call)>;

  // Finds the moment that `as_of` asks for and goes on there with `then`, a WithView: at once where
  // nothing has to be waited for. Adds token, clock and commit time to the reply's metadata.
  // Answers the call itself with KNOWN_AT_IN_FUTURE, CONSISTENCY_TOKEN_INVALID or
  // CONSISTENCY_TOKEN_AHEAD.
  template <typename Then>
  void Read(const types::v1::AsOf& as_of, serving::Call call, Then then) const {
    auto view = ViewForToken(as_of);
    if (!view.ok()) return std::move(call).Finish(view.status());
    if (as_of.has_known_at()) return ReadKnownAt(as_of, std::move(call), std::move(then));
    AddReplyMetadata(call, view->seq());
    then(*view, std::move(call));
  }

  // Goes on at a moment that is known already, as a page after the first does.
  void ReadAt(uint64_t seq, serving::Call call, const WithView& then) const;

  // Goes on on the executor; answers STORE_BUSY if it is full.
  void Run(serving::Call call, std::function<void(serving::Call)> then) const;

  // The consistency token of a moment.
  std::string TokenOf(uint64_t seq) const;

  // "\"…\"", a mark of name and revision.
  std::string EtagOf(absl::string_view name, uint64_t seq) const;

  // The id of a revision within its record, and back (RESOURCE_NAME_INVALID).
  std::string RevisionIdOf(absl::string_view name, uint64_t seq) const;

  void AddReplyMetadata(serving::Call& call, uint64_t seq) const;

 private:
  absl::StatusOr<uint64_t> OpenToken(absl::string_view token) const;
  absl::StatusOr<storage::ReadView> ViewForToken(const types::v1::AsOf& as_of) const;
  void ReadKnownAt(const types::v1::AsOf& as_of, serving::Call call, WithView then) const;

  const std::string service_;
  storage::Store* const store_;
  const storage::Sealer* const sealer_;
  serving::Executor* const executor_;
  const std::vector<const ResourceSpec*> specs_;

  // The last token made: as long as nothing is written, all replies have the same.
  mutable std::mutex mutex_;
  mutable uint64_t token_seq_ = 0;
  mutable std::string token_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_CONTEXT_H_
