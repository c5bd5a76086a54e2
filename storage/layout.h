#ifndef CHANCERY_STORAGE_LAYOUT_H_
#define CHANCERY_STORAGE_LAYOUT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/table_spec.h"

// Where everything lies on disk: the column families and the keys within them. A key that is not
// made here does not exist; docs/storage-format.md is the prose.

namespace chancery::storage {

// The format that this release writes. Raised when bytes on disk change their meaning.
inline constexpr uint32_t kFormatVersion = 1;

// One shard today; it stands in every key so that more can come without a new format.
inline constexpr uint16_t kShard = 0;

// Column families; the numbers index Database's handles and are not on disk, the names are.
enum class Family : uint8_t {
  kMeta,      // "default":  format version, derivations. Not versioned.
  kRecords,   // "records":  shard, table, name → envelope. Versioned: the timestamp is the seq.
  kIndex,     // "index":    shard, table, index, emitted key, 0, name → "". Versioned.
  kJournal,   // "journal":  shard, seq → entry. Not versioned.
  kTimes,     // "times":    shard, commit time → seq. Not versioned.
  kRequests,  // "requests": results by request id, and the order of their expiry. Not versioned.
};
inline constexpr int kFamilies = 6;

const char* FamilyName(Family family);
bool IsVersioned(Family family);

// Keys of kRecords.
std::string TablePrefix(uint16_t table);
std::string RecordKey(uint16_t table, absl::string_view name);
// Splits a record's key; false if it is none.
bool ParseRecordKey(absl::string_view key, uint16_t& table, absl::string_view& name);

// Keys of kIndex.
std::string IndexPrefix(uint16_t table, uint16_t index);
std::string IndexEntryKey(uint16_t table, uint16_t index, absl::string_view emitted,
                          absl::string_view name);
// Splits an index entry's key; false if it is none. `within` is the key within the index, which is
// the emitted key, a zero byte and the name; names have no zero bytes.
bool ParseIndexKey(absl::string_view key, uint16_t& table, uint16_t& index,
                   absl::string_view& within, absl::string_view& name);

// Keys and values of kJournal and kTimes.
std::string JournalKey(uint64_t seq);
std::string TimesKey(int64_t commit_time);
bool ParseTimesKey(absl::string_view key, int64_t& commit_time);
std::string EncodeSeq(uint64_t seq);
bool DecodeSeq(absl::string_view bytes, uint64_t& seq);

// Keys of kMeta.
std::string FormatKey();
std::string DerivationKey(uint16_t table);
std::string CompleteFromKey(uint16_t table, uint16_t index);
std::string ReindexingKey();

// A seq as the engine's timestamp: 8 bytes, little-endian.
std::string EncodeTimestamp(uint64_t seq);
uint64_t DecodeTimestamp(absl::string_view timestamp);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_LAYOUT_H_
