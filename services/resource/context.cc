#include "services/resource/context.h"

#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::resource {
namespace {

using serving::Call;

constexpr char kTokenPurpose[] = "token";
constexpr char kEtagPurpose[] = "etag";
constexpr char kRevisionPurpose[] = "revision";

std::string NameAndSeq(absl::string_view name, uint64_t seq) {
  return absl::StrCat(name, "|", seq);
}

}  // namespace

Context::Context(std::string service, storage::Store* store, const storage::Sealer* sealer,
                 serving::Executor* executor, std::vector<const ResourceSpec*> specs)
    : service_(std::move(service)),
      store_(store),
      sealer_(sealer),
      executor_(executor),
      specs_(std::move(specs)) {}

const storage::TableSpec* Context::FindTable(absl::string_view collection) const {
  for (const ResourceSpec* spec : specs_) {
    if (collection == spec->table->name) return spec->table;
  }
  return nullptr;
}

std::string Context::TokenOf(uint64_t seq) const {
  const std::lock_guard lock(mutex_);
  if (token_.empty() || token_seq_ != seq) {
    token_ = sealer_->Seal(kTokenPurpose, NameAndSeq(service_, seq));
    token_seq_ = seq;
  }
  return token_;
}

std::string Context::EtagOf(absl::string_view name, uint64_t seq) const {
  return absl::StrCat("\"", sealer_->Mark(kEtagPurpose, NameAndSeq(name, seq)), "\"");
}

std::string Context::RevisionIdOf(absl::string_view name, uint64_t seq) const {
  return sealer_->Seal(kRevisionPurpose, NameAndSeq(name, seq));
}

absl::StatusOr<uint64_t> Context::OpenToken(absl::string_view token) const {
  const auto opened = sealer_->Open(kTokenPurpose, token);
  uint64_t seq = 0;
  if (opened.ok()) {
    const std::vector<absl::string_view> parts = absl::StrSplit(*opened, '|');
    if (parts.size() == 2 && parts[0] == service_ && absl::SimpleAtoi(parts[1], &seq)) return seq;
  }
  return errors::Error(types::v1::CONSISTENCY_TOKEN_INVALID,
                       absl::StrCat("the token was not made by the ", service_, " service"));
}

absl::StatusOr<storage::ReadView> Context::ViewForToken(const types::v1::AsOf& as_of) const {
  if (as_of.token().empty()) {
    if (as_of.consistency() == types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT ||
        as_of.consistency() == types::v1::CONSISTENCY_AT_LEAST_AS_FRESH) {
      return errors::Error(types::v1::CONSISTENCY_TOKEN_INVALID, "this consistency needs a token");
    }
    return store_->Latest();
  }
  ASSIGN_OR_RETURN(const uint64_t seq, OpenToken(as_of.token()));
  ASSIGN_OR_RETURN(const storage::ReadView at_token, store_->ViewAtSeq(seq));
  if (as_of.consistency() == types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT) return at_token;
  return store_->Latest();
}

void Context::ReadKnownAt(const types::v1::AsOf& as_of, Call call, WithView then) const {
  const int64_t known_at =
      google::protobuf::util::TimeUtil::TimestampToMicroseconds(as_of.known_at());
  auto waiting = std::make_shared<Call>(std::move(call));
  store_->ViewAt(
      known_at, [this, waiting, then = std::move(then)](absl::StatusOr<storage::ReadView> at_time) {
        if (!at_time.ok()) {
          return std::move(*waiting).Finish(
              errors::WithMetadata(at_time.status(), "service", service_));
        }
        AddReplyMetadata(*waiting, at_time->seq());
        then(*at_time, std::move(*waiting));
      });
}

void Context::ReadAt(uint64_t seq, Call call, const WithView& then) const {
  const auto view = store_->ViewAtSeq(seq);
  if (!view.ok()) return std::move(call).Finish(view.status());
  AddReplyMetadata(call, seq);
  then(*view, std::move(call));
}

void Context::Run(Call call, std::function<void(Call)> then) const {
  auto waiting = std::make_shared<Call>(std::move(call));
  absl::AnyInvocable<void()> work = [waiting, then = std::move(then)] {
    then(std::move(*waiting));
  };
  if (executor_->TryRun(work)) return;
  std::move(*waiting).Finish(
      errors::Error(types::v1::STORE_BUSY, "too many requests are waiting; try again"));
}

void Context::AddReplyMetadata(Call& call, uint64_t seq) const {
  call.AddReplyMetadata(serving::kTokenMetadata, TokenOf(seq));
  if (call.metadata(serving::kAskClockMetadata).empty()) return;
  call.AddReplyMetadata(serving::kClockMetadata, absl::StrCat(store_->clock().NowMicros()));
  call.AddReplyMetadata(serving::kCommitTimeMetadata, absl::StrCat(store_->LastCommitTime()));
}

}  // namespace chancery::resource
