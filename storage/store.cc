#include "storage/store.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/callback_thread.h"
#include "storage/commit_clock.h"
#include "storage/engine_status.h"
#include "storage/group_sequencer.h"
#include "storage/high_water.h"
#include "storage/local_journal.h"
#include "storage/recovery.h"
#include "storage/register_scan.h"
#include "storage/space_guard.h"
#include "storage/store_meta.h"

namespace chancery::storage {
namespace {

using Ready = absl::AnyInvocable<void(absl::StatusOr<ReadView>)>;

std::string Rfc3339(int64_t micros) {
  return absl::FormatTime(absl::RFC3339_full, absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

absl::Status FutureError(int64_t known_at, int64_t now) {
  return errors::Error(types::v1::KNOWN_AT_IN_FUTURE,
                       absl::StrCat("The moment ", Rfc3339(known_at), " lies ahead of the clock, ",
                                    Rfc3339(now), ", further than is allowed."),
                       {{"known_at", Rfc3339(known_at)}, {"now", Rfc3339(now)}});
}

class LocalStore final : public Store {
 public:
  LocalStore(StoreOptions options, Recovered recovered, CompleteFrom complete_from)
      : options_(std::move(options)),
        complete_from_(std::move(complete_from)),
        latch_(std::move(recovered.latch)),
        database_(std::move(recovered.database)),
        journal_(std::move(recovered.journal)),
        clock_(options_.clock, {journal_->recovered().seq, journal_->recovered().commit_time},
               recovered.high_water->mark().ceiling),
        high_water_(std::move(recovered.high_water), latch_.get()),
        space_(database_->env(), options_.path, options_.min_free_bytes),
        sequencer_(std::make_unique<GroupSequencer>(
            GroupSequencerOptions{
                .note_every_commit = options_.high_water == HighWater::kEveryCommit,
                .acknowledge_early = options_.unsafe.acknowledge_early,
                .replay_requests = options_.unsafe.replay_requests},
            database_.get(), journal_.get(), &clock_, &high_water_, &space_, latch_.get())) {}

  ~LocalStore() override {
    sequencer_.reset();
    if (!latch_->tripped()) high_water_.Finish(clock_.closed()).IgnoreError();
  }

  ReadView Latest() const override { return ReadView(database_.get(), clock_.published_seq()); }

  void ViewAt(int64_t known_at, Ready ready) override {
    const int64_t now = options_.clock->NowMicros();
    if (known_at > now + options_.max_skew_micros && known_at > clock_.published_time()) {
      return ready(FutureError(known_at, now));
    }
    const std::thread::id caller = std::this_thread::get_id();
    auto answer = [this, known_at, caller, ready = std::move(ready)](absl::Status closed) mutable {
      Continue(caller, [this, known_at, closed, ready = std::move(ready)]() mutable {
        ready(closed.ok() ? FindMoment(known_at) : absl::StatusOr<ReadView>(closed));
      });
    };
    clock_.Close(known_at, [this, known_at,
                            answer = std::move(answer)](absl::Status closed) mutable {
      // What is committed at or after the moment keeps it closed over a restart; else the ceiling.
      const bool kept = known_at <= clock_.published_time() || known_at <= high_water_.ceiling();
      if (!closed.ok() || kept) return answer(closed);
      high_water_.RaiseCeiling(known_at, std::move(answer));
    });
  }

  absl::StatusOr<ReadView> ViewAtSeq(uint64_t seq) const override {
    if (seq <= clock_.published_seq()) return ReadView(database_.get(), seq);
    return errors::Error(types::v1::CONSISTENCY_TOKEN_AHEAD,
                         "The token's moment has not been reached here.");
  }

  bool IndexComplete(const TableSpec& table, const IndexSpec& index,
                     const ReadView& view) const override {
    const auto from = complete_from_.find({table.id, index.id});
    return from != complete_from_.end() && view.seq() >= from->second;
  }

  Sequencer& sequencer() override { return *sequencer_; }
  const Journal& journal() const override { return *journal_; }
  const Clock& clock() const override { return *options_.clock; }
  int64_t LastCommitTime() const override { return clock_.published_time(); }

  absl::StatusOr<StoreStatistics> Statistics() const override {
    StoreStatistics statistics{.seq = clock_.published_seq(),
                               .last_commit_time = clock_.published_time(),
                               .live_records = {}};
    for (const TableSpec* table : options_.tables) {
      ASSIGN_OR_RETURN(statistics.live_records[table->name],
                       CountLive(*database_, *table, statistics.seq));
    }
    return statistics;
  }

  absl::StatusOr<std::string> Digest(const ReadView& view) const override {
    return RegisterDigest(*database_, view.seq());
  }

  absl::Status CompactAll() override { return database_->CompactAll(); }

 private:
  // Runs the rest of a read: at once for the caller, elsewhere if it had to wait.
  void Continue(std::thread::id caller, absl::AnyInvocable<void()> rest) {
    if (std::this_thread::get_id() == caller) return rest();
    callbacks_.Post(std::move(rest));
  }

  absl::StatusOr<ReadView> FindMoment(int64_t known_at) const {
    ASSIGN_OR_RETURN(const uint64_t seq, SeqAtTime(*database_, known_at));
    return ReadView(database_.get(), seq);
  }

  const StoreOptions options_;
  const CompleteFrom complete_from_;
  // In the order of dependence: each may use those above it.
  const std::unique_ptr<FailureLatch> latch_;
  const std::unique_ptr<Database> database_;
  const std::unique_ptr<LocalJournal> journal_;
  CommitClock clock_;
  CallbackThread callbacks_;
  HighWaterNoter high_water_;
  SpaceGuard space_;
  std::unique_ptr<GroupSequencer> sequencer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Store::Open(StoreOptions options) {
  ASSIGN_OR_RETURN(Recovered recovered, Recover(options));
  if (options.unsafe.check_derivations) {
    RETURN_IF_ERROR(CheckDerivations(*recovered.database, options.tables, options.unicode_version));
  }
  RETURN_IF_ERROR(AddTables(*recovered.database, options.tables, options.unicode_version));
  ASSIGN_OR_RETURN(CompleteFrom complete_from,
                   ReadCompleteFrom(*recovered.database, options.tables));
  return std::make_unique<LocalStore>(std::move(options), std::move(recovered),
                                      std::move(complete_from));
}

}  // namespace chancery::storage
