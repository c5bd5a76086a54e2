#ifndef CHANCERY_STORAGE_JOURNAL_H_
#define CHANCERY_STORAGE_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// The journal is the commit point: what it holds happened, what it does not hold did not.
//
// It records effects, never commands, so replaying it needs no rules of diplomacy. Entries form a
// hash chain over headers and digests only; a record's bytes can be erased without breaking it.

namespace chancery::storage {

enum class EffectOp : uint8_t { kPut = 1, kDelete = 2, kErase = 3 };

struct Effect {
  uint16_t table = 0;
  std::string key;
  EffectOp op = EffectOp::kPut;
  // SHA-256 over the version's salt and bytes (RecordDigest); empty for kErase.
  std::string digest;

  // The version's bytes. Exchanged by Append and Read, never stored in the entry itself: the local
  // journal finds them again at (key, seq).
  std::string value;
};

struct JournalEntry {
  uint64_t seq = 0;
  uint16_t shard = 0;
  int64_t commit_time = 0;
  // Who asked for it, as claimed by the client until there is authentication.
  std::string principal;
  std::string request_id;
  // The change note: its kind (types.v1.ChangeNote.Kind by number) and the words given.
  uint8_t change_kind = 0;
  std::string note;
  std::vector<Effect> effects;
  // SHA-256 over the previous entry's hash and this entry's header and digests.
  std::string hash;
};

// The hash that an entry must carry after one with `previous_hash` ("" before the first).
std::string ChainHash(absl::string_view previous_hash, const JournalEntry& entry);

std::string EncodeJournalEntry(const JournalEntry& entry);
// DATA_LOSS (STORE_CORRUPT) for bytes that are not an entry.
absl::StatusOr<JournalEntry> DecodeJournalEntry(absl::string_view bytes);

// Where mutations are made durable and from where everything derived can be rebuilt. Today there is
// one implementation, in the store's own database; the interface is the seam for a replicated one,
// and nothing outside storage/ may know which it is. Thread-safe for readers; Append is the
// sequencer's alone.
class Journal {
 public:
  virtual ~Journal() = default;

  // Makes a group of consecutive entries durable, all or nothing. An error means *indeterminate*:
  // the group may still turn out to be there after a restart.
  virtual absl::Status Append(absl::Span<const JournalEntry> group) = 0;

  // Calls `visit` for each entry with seq in [from, to] in order, with the effects' values where
  // `with_values`; stops at the first error and returns it.
  virtual absl::Status Read(
      uint64_t from, uint64_t to, bool with_values,
      const std::function<absl::Status(const JournalEntry&)>& visit) const = 0;

  // The newest entry's seq, 0 if there is none.
  virtual uint64_t LastSeq() const = 0;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_JOURNAL_H_
