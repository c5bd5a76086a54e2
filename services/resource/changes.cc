#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/any_record.h"
#include "services/resource/records_methods.h"
#include "storage/journal.h"

namespace chancery::resource {
namespace {

using google::protobuf::util::TimeUtil;
using serving::Call;
using storage::JournalEntry;
using types::v1::Change;
using types::v1::ChangeNote;
using types::v1::ListChangesRequest;
using types::v1::ListChangesResponse;
using types::v1::RestoreChangesRequest;

constexpr int kMaxPage = 500;
constexpr size_t kMaxPageBytes = 1 << 20;

absl::StatusOr<Change> ChangeOf(const JournalEntry& entry) {
  Change change;
  *change.mutable_commit_time() = TimeUtil::MicrosecondsToTimestamp(entry.commit_time);
  change.set_principal(entry.principal);
  change.mutable_change_note()->set_kind(static_cast<ChangeNote::Kind>(entry.change_kind));
  change.mutable_change_note()->set_note(entry.note);
  for (const storage::Effect& effect : entry.effects) {
    if (effect.op == storage::EffectOp::kErase) continue;
    ASSIGN_OR_RETURN(const storage::RecordView view, storage::DecodeRecord(effect.value));
    auto& record = *change.add_records();
    record.mutable_record()->set_name(effect.key);
    record.mutable_record()->set_record(view.payload.data(), view.payload.size());
    record.set_deleted(effect.op == storage::EffectOp::kDelete);
  }
  return change;
}

absl::StatusOr<ListChangesResponse> Changes(const Context& context, const storage::ReadView& view,
                                            const ListChangesRequest& request) {
  const int size = request.page_size() <= 0 ? kMaxPage : std::min(request.page_size(), kMaxPage);
  const uint64_t after = std::max<int64_t>(request.after(), 0);
  const uint64_t to = std::min(after + size, view.seq());
  ListChangesResponse reply;
  if (to <= after) return reply;
  size_t bytes = 0;
  absl::Status full = absl::CancelledError();
  const absl::Status status = context.store().journal().Read(
      after + 1, to, /*with_values=*/true, [&](const JournalEntry& entry) -> absl::Status {
        ASSIGN_OR_RETURN(Change change, ChangeOf(entry));
        bytes += change.ByteSizeLong();
        if (bytes > kMaxPageBytes && reply.changes_size() > 0) return full;
        *reply.add_changes() = std::move(change);
        return absl::OkStatus();
      });
  if (!status.ok() && status != full) return status;
  reply.set_more(after + reply.changes_size() < view.seq());
  return reply;
}

// A change that is made again, ready to be written.
struct Restoring {
  int64_t commit_time = 0;
  std::string principal;
  ChangeNote note;
  struct Record {
    KnownRecord known;
    bool deleted = false;
  };
  std::vector<Record> records;
};

absl::StatusOr<Restoring> ReadChange(const Context& context, const Change& change) {
  Restoring restoring;
  restoring.commit_time = TimeUtil::TimestampToMicroseconds(change.commit_time());
  restoring.principal = change.principal();
  restoring.note = change.change_note();
  for (const auto& record : change.records()) {
    ASSIGN_OR_RETURN(KnownRecord known, ReadAnyRecord(context, record.record()));
    restoring.records.push_back({std::move(known), record.deleted()});
  }
  return restoring;
}

// Whether an entry of the journal is this very change.
absl::StatusOr<bool> IsEntry(const JournalEntry& entry, const Restoring& change) {
  if (entry.commit_time != change.commit_time || entry.principal != change.principal ||
      entry.change_kind != change.note.kind() || entry.note != change.note.note() ||
      entry.effects.size() != change.records.size()) {
    return false;
  }
  for (size_t i = 0; i < entry.effects.size(); ++i) {
    const storage::Effect& effect = entry.effects[i];
    const auto& [known, deleted] = change.records[i];
    if (effect.key != known.name ||
        effect.op != (deleted ? storage::EffectOp::kDelete : storage::EffectOp::kPut)) {
      return false;
    }
    ASSIGN_OR_RETURN(const storage::RecordView view, storage::DecodeRecord(effect.value));
    if (view.payload != StoredBytes(*known.record)) return false;
  }
  return true;
}

absl::Status NotEmpty(const Context& context) {
  return errors::Error(types::v1::STORE_NOT_EMPTY,
                       absl::StrCat("the store of ", context.service(),
                                    " holds something else than what comes before in the history"),
                       {{"service", context.service()}});
}

// One call.
class Restore : public std::enable_shared_from_this<Restore> {
 public:
  Restore(const Context& context, Call call) : context_(context), call_(std::move(call)) {}

  void Start(const RestoreChangesRequest& request) {
    absl::Status status = Read(request);
    if (status.ok()) status = SkipKnown(std::max<int64_t>(request.after(), 0));
    if (!status.ok()) return std::move(call_).Finish(status);
    for (size_t i = reply_.known(); i < changes_.size(); ++i) {
      open_.fetch_add(1);
      Submit(request.after() + i + 1, changes_[i]);
    }
    Leave(absl::OkStatus());
  }

 private:
  absl::Status Read(const RestoreChangesRequest& request) {
    for (int i = 0; i < request.changes_size(); ++i) {
      auto change = ReadChange(context_, request.changes(i));
      if (!change.ok()) return errors::WithMetadata(change.status(), "change", absl::StrCat(i));
      changes_.push_back(*std::move(change));
    }
    return absl::OkStatus();
  }

  // What an earlier run restored must be the same, entry by entry.
  absl::Status SkipKnown(uint64_t after) {
    const uint64_t last = context_.store().journal().LastSeq();
    if (last < after) return NotEmpty(context_);
    const uint64_t known = std::min<uint64_t>(last - after, changes_.size());
    reply_.set_known(static_cast<int64_t>(known));
    if (known == 0) return absl::OkStatus();
    return context_.store().journal().Read(
        after + 1, after + known, /*with_values=*/true,
        [&](const JournalEntry& entry) -> absl::Status {
          ASSIGN_OR_RETURN(const bool same, IsEntry(entry, changes_[entry.seq - after - 1]));
          return same ? absl::OkStatus() : NotEmpty(context_);
        });
  }

  void Submit(uint64_t seq, const Restoring& change) {
    storage::Mutation mutation;
    mutation.principal = change.principal;
    mutation.change_kind = static_cast<uint8_t>(change.note.kind());
    mutation.note = change.note.note();
    mutation.restored = {seq, change.commit_time};
    mutation.apply = [&change](storage::Transaction& transaction) -> absl::Status {
      for (const auto& [known, deleted] : change.records) {
        RETURN_IF_ERROR(transaction.Put(*known.spec->table, known.name, *known.record, deleted));
      }
      return absl::OkStatus();
    };
    context_.store().sequencer().Submit(
        std::move(mutation),
        [self = shared_from_this()](const absl::StatusOr<storage::Commit>& commit) {
          self->Leave(commit.status());
        });
  }

  void Leave(const absl::Status& status) {
    if (!status.ok()) {
      std::lock_guard<std::mutex> lock(mutex_);
      status_.Update(status);
    }
    if (open_.fetch_sub(1) != 1) return;
    if (!status_.ok()) {
      return std::move(call_).Finish(errors::WithMetadata(status_, "service", context_.service()));
    }
    context_.AddReplyMetadata(call_, context_.store().Latest().seq());
    std::move(call_).Finish(reply_);
  }

  const Context& context_;
  Call call_;
  std::vector<Restoring> changes_;
  types::v1::RestoreChangesResponse reply_;
  std::atomic<int> open_{1};
  std::mutex mutex_;
  absl::Status status_;
};

}  // namespace

void ListChanges(const Context& context, const ListChangesRequest& request, Call call) {
  context.Read(request.as_of(), std::move(call),
               [&context, request](const storage::ReadView& view, Call reading) {
                 context.Run(std::move(reading), [&context, request, view](Call running) {
                   const auto reply = Changes(context, view, request);
                   if (!reply.ok()) return std::move(running).Finish(reply.status());
                   std::move(running).Finish(*reply);
                 });
               });
}

void RestoreChanges(const Context& context, RestoreChangesRequest request, Call call) {
  auto kept = std::make_shared<RestoreChangesRequest>(std::move(request));
  context.Run(std::move(call), [&context, kept](Call running) {
    std::make_shared<Restore>(context, std::move(running))->Start(*kept);
  });
}

}  // namespace chancery::resource
