#include "storage/inspect/verify.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/high_water_file.h"
#include "storage/inspect/verify_indexes.h"
#include "storage/local_journal.h"
#include "storage/recovery.h"
#include "storage/store_meta.h"

namespace chancery::storage {
namespace {

constexpr uint64_t kEverything = ~uint64_t{0} - 1;

class Verifier {
 public:
  Verifier(const Database& database, const StoreOptions& options,
           const std::function<void(const Finding&)>& report)
      : database_(database), options_(options), report_(report) {}

  Verified Run(const LocalJournal& journal) {
    NoteError("files", options_.path, database_.VerifyChecksums());
    NoteError("journal", absl::StrCat("after ", previous_.seq), CheckJournal(journal));
    NoteError("record", "all", CheckVersions());
    NoteError("times", "all", CheckTimes());
    NoteError("derivation", "all",
              CheckDerivations(database_, options_.tables, options_.unicode_version));
    NoteError("index", "all",
              VerifyIndexes(database_, options_.tables, kEverything, verified_.index_events,
                            [this](Finding finding) { Report(std::move(finding)); }));
    NoteError("high-water", options_.path, CheckHighWater());
    return verified_;
  }

 private:
  void Report(Finding finding) {
    ++verified_.findings;
    report_(finding);
  }

  void NoteError(absl::string_view kind, absl::string_view where, const absl::Status& status) {
    if (status.ok()) return;
    const std::string detail = EngineDetail(status);
    Report({std::string(kind), std::string(where),
            absl::StrCat(std::string(status.message()), detail.empty() ? "" : " ", detail)});
  }

  // Goes on after wrong hashes and digests; a gap or an undecodable entry ends it.
  absl::Status CheckJournal(const LocalJournal& journal) {
    return journal.Read(1, kEverything, false, [this](const JournalEntry& entry) {
      NoteError("journal", absl::StrCat(entry.seq), CheckLink(previous_, entry));
      for (const Effect& effect : entry.effects) {
        if (effect.op != EffectOp::kErase) CheckEffect(entry, effect);
      }
      CheckTime(entry);
      previous_ = entry;
      ++verified_.entries;
      return absl::OkStatus();
    });
  }

  void CheckEffect(const JournalEntry& entry, const Effect& effect) {
    const std::string where = absl::StrCat(effect.table, "/", effect.key, "@", entry.seq);
    ++effects_;
    const auto found =
        database_.GetAt(Family::kRecords, RecordKey(effect.table, effect.key), entry.seq);
    if (!found.ok()) return NoteError("record", where, found.status());
    if (!found->has_value() || (*found)->seq != entry.seq) {
      return Report({"record", where, "the journal has it, the records do not"});
    }
    const absl::string_view bytes((*found)->value->data(), (*found)->value->size());
    const auto version = DecodeRecord(bytes);
    if (!version.ok()) return NoteError("record", where, version.status());
    if (RecordDigest(version->header.salt, bytes) != effect.digest) {
      Report({"record", where, "its digest is not the journal's"});
    }
    if (version->header.deleted() != (effect.op == EffectOp::kDelete)) {
      Report({"record", where, "the journal says otherwise whether it is deleted"});
    }
  }

  void CheckTime(const JournalEntry& entry) {
    const auto seq = database_.Get(Family::kTimes, TimesKey(entry.commit_time));
    if (!seq.ok()) return NoteError("times", absl::StrCat(entry.seq), seq.status());
    if (*seq != EncodeSeq(entry.seq)) {
      Report({"times", absl::StrCat(entry.seq), "its commit time does not lead to it"});
    }
  }

  // All effects have a version; so if there are as many versions there are no others.
  absl::Status CheckVersions() {
    const auto versions = database_.IterateVersions(Family::kRecords, {}, kEverything);
    for ((*versions)->SeekToFirst(); (*versions)->Valid(); (*versions)->Next()) {
      ++verified_.versions;
    }
    RETURN_IF_ERROR(versions->status());
    if (verified_.versions != effects_) {
      Report({"record", "all",
              absl::StrCat(verified_.versions, " versions, ", effects_, " in the journal")});
    }
    return absl::OkStatus();
  }

  absl::Status CheckTimes() {
    const auto times = database_.Iterate(Family::kTimes, {});
    uint64_t count = 0;
    for ((*times)->SeekToFirst(); (*times)->Valid(); (*times)->Next()) ++count;
    RETURN_IF_ERROR(times->status());
    if (count != verified_.entries) {
      Report({"times", "all", absl::StrCat(count, " times, ", verified_.entries, " entries")});
    }
    return absl::OkStatus();
  }

  absl::Status CheckHighWater() {
    rocksdb::Env* const env = ToDatabaseOptions(options_, /*read_only=*/true).env;
    if (!HighWaterFile::Exists(env, options_.path)) {
      return CorruptError("the high-water file is missing");
    }
    ASSIGN_OR_RETURN(const auto file, HighWaterFile::Open(env, options_.path));
    if (file->mark().seq > previous_.seq) {
      Report({"high-water", absl::StrCat(file->mark().seq),
              absl::StrCat("commits after ", previous_.seq, " are gone")});
    }
    return absl::OkStatus();
  }

  const Database& database_;
  const StoreOptions& options_;
  const std::function<void(const Finding&)>& report_;
  JournalEntry previous_;
  uint64_t effects_ = 0;
  Verified verified_;
};

}  // namespace

absl::StatusOr<Verified> VerifyStore(const StoreOptions& options,
                                     const std::function<void(const Finding&)>& report) {
  FailureLatch latch(nullptr);
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database,
                   Database::Open(ToDatabaseOptions(options, /*read_only=*/true), &latch));
  RETURN_IF_ERROR(CheckFormat(*database));
  const LocalJournal journal(database.get());
  return Verifier(*database, options, report).Run(journal);
}

}  // namespace chancery::storage
