#include "storage/layout.h"

#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

constexpr size_t kTimestampBytes = 8;

}  // namespace

const char* FamilyName(Family family) {
  switch (family) {
    case Family::kMeta:
      return "default";
    case Family::kRecords:
      return "records";
    case Family::kIndex:
      return "index";
    case Family::kJournal:
      return "journal";
    case Family::kTimes:
      return "times";
    case Family::kRequests:
      return "requests";
  }
  return "";
}

bool IsVersioned(Family family) { return family == Family::kRecords || family == Family::kIndex; }

std::string TablePrefix(uint16_t table) { return KeyWriter().U16(kShard).U16(table).key(); }

std::string RecordKey(uint16_t table, absl::string_view name) {
  return std::move(KeyWriter().U16(kShard).U16(table).Raw(name)).key();
}

bool ParseRecordKey(absl::string_view key, uint16_t& table, absl::string_view& name) {
  KeyReader reader(key);
  uint16_t shard;
  if (!reader.U16(shard) || shard != kShard || !reader.U16(table)) return false;
  name = reader.Rest();
  return !name.empty();
}

std::string IndexPrefix(uint16_t table, uint16_t index) {
  return KeyWriter().U16(kShard).U16(table).U16(index).key();
}

std::string IndexEntryKey(uint16_t table, uint16_t index, absl::string_view emitted,
                          absl::string_view name) {
  KeyWriter writer;
  writer.U16(kShard).U16(table).U16(index).Raw(emitted).U8(0).Raw(name);
  return std::move(writer).key();
}

bool ParseIndexKey(absl::string_view key, uint16_t& table, uint16_t& index,
                   absl::string_view& within, absl::string_view& name) {
  KeyReader reader(key);
  uint16_t shard;
  if (!reader.U16(shard) || shard != kShard || !reader.U16(table) || !reader.U16(index)) {
    return false;
  }
  within = reader.Rest();
  const size_t separator = within.rfind('\0');
  if (separator == absl::string_view::npos) return false;
  name = within.substr(separator + 1);
  return !name.empty();
}

std::string JournalKey(uint64_t seq) { return KeyWriter().U16(kShard).U64(seq).key(); }

std::string TimesKey(int64_t commit_time) { return KeyWriter().U16(kShard).I64(commit_time).key(); }

bool ParseTimesKey(absl::string_view key, int64_t& commit_time) {
  KeyReader reader(key);
  uint16_t shard;
  return reader.U16(shard) && shard == kShard && reader.I64(commit_time) && reader.Rest().empty();
}

std::string EncodeSeq(uint64_t seq) { return KeyWriter().U64(seq).key(); }

bool DecodeSeq(absl::string_view bytes, uint64_t& seq) {
  KeyReader reader(bytes);
  return reader.U64(seq) && reader.Rest().empty();
}

std::string FormatKey() { return KeyWriter().Text("format").key(); }

std::string DerivationKey(uint16_t table) {
  return KeyWriter().Text("derivation").U16(table).key();
}

std::string CompleteFromKey(uint16_t table, uint16_t index) {
  return KeyWriter().Text("complete_from").U16(table).U16(index).key();
}

std::string ReindexingKey() { return KeyWriter().Text("reindexing").key(); }

std::string EncodeTimestamp(uint64_t seq) {
  std::string timestamp(kTimestampBytes, '\0');
  for (size_t i = 0; i < kTimestampBytes; ++i) {
    timestamp[i] = static_cast<char>((seq >> (8 * i)) & 0xff);
  }
  return timestamp;
}

uint64_t DecodeTimestamp(absl::string_view timestamp) {
  uint64_t seq = 0;
  for (size_t i = 0; i < timestamp.size() && i < kTimestampBytes; ++i) {
    seq |= uint64_t{static_cast<uint8_t>(timestamp[i])} << (8 * i);
  }
  return seq;
}

}  // namespace chancery::storage
