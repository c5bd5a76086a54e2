#ifndef CHANCERY_STORAGE_GROUP_SEQUENCER_H_
#define CHANCERY_STORAGE_GROUP_SEQUENCER_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "storage/commit_clock.h"
#include "storage/failure_latch.h"
#include "storage/high_water.h"
#include "storage/local_journal.h"
#include "storage/request_log.h"
#include "storage/sequencer.h"
#include "storage/space_guard.h"
#include "storage/transaction.h"

namespace chancery::storage {

struct GroupSequencerOptions {
  // The high-water mark is noted before a commit is acknowledged.
  bool note_every_commit = false;
  // For tests that prove the protections; see StoreOptions::Unsafe.
  bool acknowledge_early = false;
  bool replay_requests = true;
};

// The sequencer of one shard over the local journal.
class GroupSequencer final : public Sequencer {
 public:
  // All must outlive the sequencer. Goes on after `journal`'s recovered entry.
  GroupSequencer(const GroupSequencerOptions& options, Database* database, LocalJournal* journal,
                 CommitClock* clock, HighWaterNoter* high_water, SpaceGuard* space,
                 FailureLatch* latch);
  // Commits what is queued, then stops.
  ~GroupSequencer() override;

  void Submit(Mutation mutation, absl::AnyInvocable<void(absl::StatusOr<Commit>)> done) override;

 private:
  using Done = absl::AnyInvocable<void(absl::StatusOr<Commit>)>;
  struct Queued {
    Mutation mutation;
    Done done;
  };
  struct Outcome {
    Done done;
    absl::StatusOr<Commit> result;
    // Whether it wrote something, of which the group then has an entry.
    bool has_entry;
  };

  void Run();
  bool TakeQueued();
  void RunGroup();
  absl::Status Admit();
  absl::StatusOr<Commit> Apply(Mutation& mutation);
  absl::StatusOr<int64_t> TimeFor(const Mutation& mutation);
  absl::StatusOr<std::optional<Commit>> Replay(const Mutation& mutation, int64_t commit_time) const;
  Commit Accept(Mutation& mutation, GroupTransaction& transaction);
  absl::Status CommitGroup();
  static void HandOver(JournalEntry& entry, Commit& commit);
  void Acknowledge(const absl::Status& committed);

  const GroupSequencerOptions options_;
  Database* const database_;
  LocalJournal* const journal_;
  CommitClock* const clock_;
  HighWaterNoter* const high_water_;
  SpaceGuard* const space_;
  FailureLatch* const latch_;
  RequestLog requests_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Queued> queue_;
  bool stopping_ = false;

  // Of the sequencer's thread alone, from here on: the newest commit, committed or in the group…
  uint64_t last_seq_;
  int64_t last_time_;
  std::string last_hash_;
  // …and the open group.
  std::deque<Queued> taken_;
  uint64_t base_seq_ = 0;
  GroupOverlay overlay_;
  SaltSource salts_;
  std::vector<JournalEntry> entries_;
  std::vector<Outcome> outcomes_;
  size_t group_bytes_ = 0;

  std::thread thread_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_GROUP_SEQUENCER_H_
