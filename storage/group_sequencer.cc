#include "storage/group_sequencer.h"

#include <algorithm>
#include <utility>

#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::storage {
namespace {

constexpr size_t kMaxQueued = 8192;
constexpr size_t kMaxGroupMutations = 1024;
constexpr size_t kMaxGroupBytes = 8 << 20;

absl::Status BusyError() {
  return errors::Error(types::v1::STORE_BUSY, "Too many writes are waiting; try again.");
}

absl::Status UnavailableError() {
  return errors::Error(types::v1::STORE_UNAVAILABLE, "The store takes no writes any more.");
}

absl::Status IndeterminateError() {
  return errors::Error(types::v1::COMMIT_INDETERMINATE,
                       "Whether the write was committed is not known; repeat it under the same "
                       "request id.");
}

absl::Status NotEmptyError() {
  return errors::Error(types::v1::STORE_NOT_EMPTY,
                       "The store holds something else than what comes before the change that is "
                       "restored.");
}

Commit NewCommit(uint64_t seq, int64_t commit_time) {
  Commit commit;
  commit.seq = seq;
  commit.commit_time = commit_time;
  return commit;
}

absl::Status FaultError() {
  return errors::Error(types::v1::INTERNAL_FAULT, "A write failed in an unforeseen way.");
}

// An exception must not leave the sequencer's thread: the group around it would be lost.
absl::Status Run(Mutation& mutation, Transaction& transaction) {
  try {
    return mutation.apply(transaction);
  } catch (...) {
    return FaultError();
  }
}

template <typename Done>
void Finish(Done& done, absl::StatusOr<Commit> result) {
  if (!done) return;
  try {
    std::exchange(done, nullptr)(std::move(result));
  } catch (...) {
    // The commit stands; whoever was to hear of it is the one at fault.
  }
}

}  // namespace

GroupSequencer::GroupSequencer(const GroupSequencerOptions& options, Database* database,
                               LocalJournal* journal, CommitClock* clock,
                               HighWaterNoter* high_water, SpaceGuard* space, FailureLatch* latch)
    : options_(options),
      database_(database),
      journal_(journal),
      clock_(clock),
      high_water_(high_water),
      space_(space),
      latch_(latch),
      requests_(database),
      last_seq_(journal->recovered().seq),
      last_time_(journal->recovered().commit_time),
      last_hash_(journal->recovered().hash),
      thread_([this] { Run(); }) {}

GroupSequencer::~GroupSequencer() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  thread_.join();
}

void GroupSequencer::Submit(Mutation mutation, Done done) {
  absl::Status refused;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_ || latch_->tripped()) {
      refused = UnavailableError();
    } else if (queue_.size() >= kMaxQueued) {
      refused = BusyError();
    } else {
      queue_.push_back({std::move(mutation), std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  Finish(done, refused);
}

void GroupSequencer::Run() {
  while (TakeQueued()) RunGroup();
}

// What has queued is the next group, but for what the last one left over.
bool GroupSequencer::TakeQueued() {
  if (!taken_.empty()) return true;
  std::unique_lock<std::mutex> lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  while (!queue_.empty() && taken_.size() < kMaxGroupMutations) {
    taken_.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !taken_.empty();
}

void GroupSequencer::RunGroup() {
  base_seq_ = last_seq_;
  while (!taken_.empty() && group_bytes_ < kMaxGroupBytes) {
    Queued next = std::move(taken_.front());
    taken_.pop_front();
    const size_t entries = entries_.size();
    absl::StatusOr<Commit> result = Apply(next.mutation);
    if (options_.acknowledge_early) Finish(next.done, result);
    outcomes_.push_back({std::move(next.done), std::move(result), entries_.size() > entries});
  }
  Acknowledge(CommitGroup());
}

absl::Status GroupSequencer::Admit() {
  return latch_->tripped() ? UnavailableError() : space_->Admit();
}

absl::StatusOr<Commit> GroupSequencer::Apply(Mutation& mutation) {
  RETURN_IF_ERROR(Admit());
  ASSIGN_OR_RETURN(const int64_t commit_time, TimeFor(mutation));
  if (options_.replay_requests && !mutation.request_id.empty()) {
    ASSIGN_OR_RETURN(std::optional<Commit> replayed, Replay(mutation, commit_time));
    if (replayed.has_value()) return *std::move(replayed);
  }
  GroupTransaction transaction(database_, base_seq_, &overlay_, &salts_, last_seq_ + 1,
                               commit_time);
  RETURN_IF_ERROR(storage::Run(mutation, transaction));
  RETURN_IF_ERROR(transaction.status());
  if (transaction.empty()) return NewCommit(last_seq_, last_time_);
  if (mutation.validate_only) return NewCommit(transaction.seq(), commit_time);
  return Accept(mutation, transaction);
}

absl::StatusOr<int64_t> GroupSequencer::TimeFor(const Mutation& mutation) {
  if (!mutation.restored.has_value()) return clock_->Assign();
  const auto [seq, commit_time] = *mutation.restored;
  if (seq != last_seq_ + 1 || commit_time <= last_time_) return NotEmptyError();
  clock_->Adopt(commit_time);
  return commit_time;
}

absl::StatusOr<std::optional<Commit>> GroupSequencer::Replay(const Mutation& mutation,
                                                             int64_t commit_time) const {
  ASSIGN_OR_RETURN(const std::optional<RequestResult> result,
                   requests_.Find(mutation.principal, mutation.request_id, commit_time));
  if (!result.has_value()) return std::nullopt;
  if (result->digest != mutation.request_digest) {
    return errors::Error(types::v1::REQUEST_ID_REUSED,
                         "The request id was used for another request.",
                         {{"request_id", mutation.request_id}});
  }
  Commit commit = NewCommit(result->seq, result->commit_time);
  commit.replayed = true;
  JournalEntry committed;
  if (result->seq <= base_seq_) {
    ASSIGN_OR_RETURN(committed, ReadEntry(*database_, result->seq));
  }
  const JournalEntry& entry =
      result->seq <= base_seq_ ? committed : entries_[result->seq - base_seq_ - 1];
  for (const Effect& effect : entry.effects) commit.written.push_back({effect.table, effect.key});
  return commit;
}

Commit GroupSequencer::Accept(Mutation& mutation, GroupTransaction& transaction) {
  group_bytes_ += transaction.bytes();
  JournalEntry entry{.seq = transaction.seq(),
                     .shard = kShard,
                     .commit_time = transaction.commit_time(),
                     .principal = std::move(mutation.principal),
                     .request_id = std::move(mutation.request_id),
                     .change_kind = transaction.change_kind().value_or(mutation.change_kind),
                     .note = std::move(mutation.note),
                     .effects = transaction.Stage(overlay_, journal_->derived()),
                     .hash = {}};
  entry.hash = ChainHash(last_hash_, entry);
  if (!entry.request_id.empty()) {
    requests_.Add(entry.principal, entry.request_id,
                  {entry.seq, entry.commit_time, mutation.request_digest}, journal_->derived());
  }
  last_seq_ = entry.seq;
  last_time_ = entry.commit_time;
  last_hash_ = entry.hash;
  entries_.push_back(std::move(entry));
  return NewCommit(last_seq_, last_time_);
}

absl::Status GroupSequencer::CommitGroup() {
  if (entries_.empty()) {
    clock_->EndGroup(std::nullopt);
    return absl::OkStatus();
  }
  absl::Status status = requests_.Expire(last_time_, journal_->derived());
  if (status.ok()) status = journal_->Append(entries_);
  if (!status.ok()) {
    latch_->Trip(status);
    clock_->LoseGroup(UnavailableError());
    return IndeterminateError();
  }
  clock_->EndGroup(CommitClock::Moment{last_seq_, last_time_});
  high_water_->Committed(last_seq_, last_hash_);
  if (options_.note_every_commit && !high_water_->NoteNow().ok()) return IndeterminateError();
  return absl::OkStatus();
}

void GroupSequencer::HandOver(JournalEntry& entry, Commit& commit) {
  for (Effect& effect : entry.effects) {
    commit.written.push_back({effect.table, std::move(effect.key), std::move(effect.value)});
  }
}

void GroupSequencer::Acknowledge(const absl::Status& committed) {
  for (Outcome& outcome : outcomes_) {
    if (committed.ok() && outcome.has_entry) {
      HandOver(entries_[outcome.result->seq - base_seq_ - 1], *outcome.result);
    }
    Finish(outcome.done, committed.ok() ? std::move(outcome.result) : committed);
  }
  outcomes_.clear();
  entries_.clear();
  overlay_.Clear();
  requests_.EndGroup();
  group_bytes_ = 0;
}

}  // namespace chancery::storage
