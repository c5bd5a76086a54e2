#include "storage/inspect/verify_indexes.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/index_entries.h"
#include "storage/key_codec.h"
#include "storage/sha256.h"

namespace chancery::storage {
namespace {

// An entry that came or went: the key in the family, the seq, and which.
struct Event {
  uint16_t table;
  uint16_t index;
  std::string key;
  uint64_t seq;
  bool added;
};
using Visit = std::function<void(Event)>;

constexpr size_t kShown = 20;

absl::Status VisitStored(const Database& database, uint64_t seq, const Visit& visit) {
  const auto entries = database.IterateVersions(Family::kIndex, {}, seq);
  for ((*entries)->SeekToFirst(); (*entries)->Valid(); (*entries)->Next()) {
    Event event{0, 0, std::string(entries->key()), entries->seq(), !entries->deletion()};
    absl::string_view within, name;
    if (!ParseIndexKey(event.key, event.table, event.index, within, name)) {
      return CorruptError("the key of an index entry");
    }
    visit(std::move(event));
  }
  return entries->status();
}

void VisitDiff(uint16_t table, absl::string_view name, uint64_t seq, const IndexDiff& diff,
               const Visit& visit) {
  for (const bool added : {false, true}) {
    for (const IndexEntry& entry : added ? diff.added : diff.removed) {
      visit(
          {table, entry.index, IndexEntryKey(table, entry.index, entry.emitted, name), seq, added});
    }
  }
}

absl::Status VisitDerived(const Database& database, const TableSpec& table, uint64_t seq,
                          const Visit& visit) {
  const std::string prefix = TablePrefix(table.id);
  const auto versions =
      database.IterateVersions(Family::kRecords, {prefix, PrefixEnd(prefix)}, seq);
  // Versions come newest first: each is held until the one before it is known.
  std::string newer_key;
  uint64_t newer_seq = 0;
  IndexEntries newer;
  const auto flush = [&](const IndexEntries& before) {
    uint16_t id;
    absl::string_view name;
    if (!newer_key.empty() && ParseRecordKey(newer_key, id, name)) {
      VisitDiff(table.id, name, newer_seq, DiffEntries(before, newer), visit);
    }
  };
  for ((*versions)->SeekToFirst(); (*versions)->Valid(); (*versions)->Next()) {
    ASSIGN_OR_RETURN(const RecordView version, DecodeRecord(versions->value()));
    ASSIGN_OR_RETURN(IndexEntries entries, EntriesOf(table, version));
    flush(versions->key() == newer_key ? entries : IndexEntries());
    newer_key = std::string(versions->key());
    newer_seq = versions->seq();
    newer = std::move(entries);
  }
  RETURN_IF_ERROR(versions->status());
  flush({});
  return absl::OkStatus();
}

absl::Status VisitBoth(const Database& database, const std::vector<const TableSpec*>& tables,
                       uint64_t seq, const Visit& stored, const Visit& derived) {
  RETURN_IF_ERROR(VisitStored(database, seq, stored));
  for (const TableSpec* table : tables) {
    RETURN_IF_ERROR(VisitDerived(database, *table, seq, derived));
  }
  return absl::OkStatus();
}

std::string Encode(const Event& event) {
  return KeyWriter().Text(event.key).U64(event.seq).U8(event.added ? 1 : 0).key();
}

uint64_t Fingerprint(const Event& event) {
  uint64_t fingerprint;
  KeyReader(Sha256().Update(Encode(event)).Finish()).U64(fingerprint);
  return fingerprint;
}

// Names what differs in the indexes whose fingerprints do. Holds their events in memory.
absl::Status ReportDifferences(const Database& database,
                               const std::vector<const TableSpec*>& tables, uint64_t seq,
                               const std::map<std::pair<uint16_t, uint16_t>, uint64_t>& sums,
                               const std::function<void(Finding)>& report) {
  std::map<std::string, std::pair<Event, int>> balance;
  const auto count = [&](int by) {
    return [&, by](Event event) {
      const auto sum = sums.find({event.table, event.index});
      if (sum == sums.end() || sum->second == 0) return;
      std::string encoded = Encode(event);
      balance.emplace(std::move(encoded), std::make_pair(event, 0)).first->second.second += by;
    };
  };
  RETURN_IF_ERROR(VisitBoth(database, tables, seq, count(1), count(-1)));
  size_t shown = 0;
  for (const auto& [encoded, counted] : balance) {
    const auto& [event, difference] = counted;
    if (difference == 0) continue;
    if (++shown > kShown) break;
    report({"index", absl::StrCat(event.table, "/", event.index, "@", event.seq),
            absl::StrCat(difference > 0 ? "should not have " : "should have ",
                         event.added ? "gained " : "lost ", absl::CHexEscape(event.key))});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifyIndexes(const Database& database, const std::vector<const TableSpec*>& tables,
                           uint64_t seq, uint64_t& events,
                           const std::function<void(Finding)>& report) {
  // Sums do not depend on order: what the indexes hold is added, what they should is taken away.
  std::map<std::pair<uint16_t, uint16_t>, uint64_t> sums;
  RETURN_IF_ERROR(VisitBoth(
      database, tables, seq,
      [&](Event event) {
        ++events;
        sums[{event.table, event.index}] += Fingerprint(event);
      },
      [&](Event event) {
        sums[{event.table, event.index}] -= Fingerprint(event);
      }));
  bool equal = true;
  for (const auto& [index, sum] : sums) equal &= sum == 0;
  return equal ? absl::OkStatus() : ReportDifferences(database, tables, seq, sums, report);
}

}  // namespace chancery::storage
