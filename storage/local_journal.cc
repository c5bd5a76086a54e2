#include "storage/local_journal.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"

namespace chancery::storage {
namespace {

EngineIterator::Range Entries(uint64_t from, uint64_t to) {
  // The key after the last seq that there can be is the end of the shard's entries.
  return {JournalKey(from), to == std::numeric_limits<uint64_t>::max() ? "" : JournalKey(to + 1)};
}

}  // namespace

absl::Status CheckLink(const JournalEntry& previous, const JournalEntry& entry) {
  if (entry.seq != previous.seq + 1) {
    return CorruptError(absl::StrCat("journal entry ", previous.seq + 1, " is missing"));
  }
  if (previous.seq != 0 && entry.commit_time <= previous.commit_time) {
    return CorruptError(absl::StrCat("the commit time of journal entry ", entry.seq));
  }
  if (entry.hash != ChainHash(previous.hash, entry)) {
    return CorruptError(absl::StrCat("the hash of journal entry ", entry.seq));
  }
  return absl::OkStatus();
}

absl::StatusOr<JournalEntry> ReadEntry(const Database& database, uint64_t seq) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   database.Get(Family::kJournal, JournalKey(seq)));
  if (!bytes.has_value()) {
    return CorruptError(absl::StrCat("journal entry ", seq, " is missing"));
  }
  return DecodeJournalEntry(*bytes);
}

LocalJournal::LocalJournal(Database* database)
    : database_(database), derived_(Database::NewBatch()) {}

absl::Status LocalJournal::Recover(uint64_t links) {
  const auto newest = database_->Iterate(Family::kJournal, Entries(0, ~uint64_t{0}));
  (*newest)->SeekToLast();
  if (!(*newest)->Valid()) return newest->status();
  ASSIGN_OR_RETURN(const JournalEntry last, DecodeJournalEntry(newest->value()));

  JournalEntry previous;
  if (last.seq > links + 1) {
    ASSIGN_OR_RETURN(previous, ReadEntry(*database_, last.seq - links - 1));
  }
  RETURN_IF_ERROR(Read(previous.seq + 1, last.seq, false, [&](const JournalEntry& entry) {
    RETURN_IF_ERROR(CheckLink(previous, entry));
    previous = entry;
    return absl::OkStatus();
  }));
  recovered_ = std::move(previous);
  last_seq_.store(recovered_.seq, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status LocalJournal::Append(absl::Span<const JournalEntry> group) {
  for (const JournalEntry& entry : group) {
    database_->Put(derived_, Family::kJournal, JournalKey(entry.seq), EncodeJournalEntry(entry));
    database_->Put(derived_, Family::kTimes, TimesKey(entry.commit_time), EncodeSeq(entry.seq));
    for (const Effect& effect : entry.effects) {
      database_->PutAt(derived_, Family::kRecords, RecordKey(effect.table, effect.key), entry.seq,
                       effect.value);
    }
  }
  const absl::Status status = database_->Write(derived_, /*sync=*/true);
  derived_.Clear();
  if (status.ok() && !group.empty()) {
    last_seq_.store(group.back().seq, std::memory_order_release);
  }
  return status;
}

absl::Status LocalJournal::Read(
    uint64_t from, uint64_t to, bool with_values,
    const std::function<absl::Status(const JournalEntry&)>& visit) const {
  const auto entries = database_->Iterate(Family::kJournal, Entries(from, to));
  uint64_t expected = std::max<uint64_t>(from, 1);
  for ((*entries)->SeekToFirst(); (*entries)->Valid(); (*entries)->Next(), ++expected) {
    ASSIGN_OR_RETURN(JournalEntry entry, DecodeJournalEntry(entries->value()));
    if (entry.seq != expected || entries->key() != JournalKey(expected)) {
      return CorruptError(absl::StrCat("journal entry ", expected, " is missing"));
    }
    if (with_values) RETURN_IF_ERROR(ReadValues(entry));
    RETURN_IF_ERROR(visit(entry));
  }
  return entries->status();
}

absl::Status LocalJournal::ReadValues(JournalEntry& entry) const {
  for (Effect& effect : entry.effects) {
    if (effect.op == EffectOp::kErase) continue;
    ASSIGN_OR_RETURN(
        const auto found,
        database_->GetAt(Family::kRecords, RecordKey(effect.table, effect.key), entry.seq));
    if (!found.has_value() || found->seq != entry.seq) {
      return CorruptError(absl::StrCat("a version that journal entry ", entry.seq, " names"));
    }
    effect.value = found->value->ToString();
  }
  return absl::OkStatus();
}

}  // namespace chancery::storage
