#include "storage/journal.h"

#include "storage/engine_status.h"
#include "storage/key_codec.h"
#include "storage/sha256.h"

namespace chancery::storage {
namespace {

constexpr uint8_t kEntryVersion = 1;

// Everything but the hash and the values: what the chain covers.
KeyWriter EncodeBody(const JournalEntry& entry) {
  KeyWriter writer;
  writer.U8(kEntryVersion).U64(entry.seq).U16(entry.shard).I64(entry.commit_time);
  writer.Text(entry.principal).Text(entry.request_id).U8(entry.change_kind).Text(entry.note);
  writer.U32(static_cast<uint32_t>(entry.effects.size()));
  for (const Effect& effect : entry.effects) {
    writer.U16(effect.table).Text(effect.key).U8(static_cast<uint8_t>(effect.op));
    writer.U8(static_cast<uint8_t>(effect.digest.size())).Raw(effect.digest);
  }
  return writer;
}

bool ReadDigest(KeyReader& reader, EffectOp op, std::string& digest) {
  uint8_t size;
  absl::string_view bytes;
  if (!reader.U8(size) || !reader.Raw(size, bytes)) return false;
  digest = std::string(bytes);
  return size == (op == EffectOp::kErase ? 0 : kSha256Bytes);
}

bool ReadEffect(KeyReader& reader, Effect& effect) {
  uint8_t op;
  if (!reader.U16(effect.table) || !reader.Text(effect.key) || !reader.U8(op)) return false;
  if (op < static_cast<uint8_t>(EffectOp::kPut) || op > static_cast<uint8_t>(EffectOp::kErase)) {
    return false;
  }
  effect.op = static_cast<EffectOp>(op);
  return ReadDigest(reader, effect.op, effect.digest);
}

bool ReadEffects(KeyReader& reader, std::vector<Effect>& effects) {
  uint32_t count;
  if (!reader.U32(count)) return false;
  for (uint32_t i = 0; i < count; ++i) {
    if (!ReadEffect(reader, effects.emplace_back())) return false;
  }
  return true;
}

bool ReadEntry(KeyReader& reader, JournalEntry& entry) {
  uint8_t version;
  if (!reader.U8(version) || version != kEntryVersion) return false;
  if (!reader.U64(entry.seq) || !reader.U16(entry.shard) || !reader.I64(entry.commit_time)) {
    return false;
  }
  if (!reader.Text(entry.principal) || !reader.Text(entry.request_id)) return false;
  if (!reader.U8(entry.change_kind) || !reader.Text(entry.note)) return false;
  if (!ReadEffects(reader, entry.effects)) return false;
  entry.hash = std::string(reader.Rest());
  return entry.hash.size() == kSha256Bytes;
}

}  // namespace

std::string ChainHash(absl::string_view previous_hash, const JournalEntry& entry) {
  return Sha256()
      .Update(KeyWriter().Text(previous_hash).key())
      .Update(EncodeBody(entry).key())
      .Finish();
}

std::string EncodeJournalEntry(const JournalEntry& entry) {
  return std::move(EncodeBody(entry).Raw(entry.hash)).key();
}

absl::StatusOr<JournalEntry> DecodeJournalEntry(absl::string_view bytes) {
  KeyReader reader(bytes);
  JournalEntry entry;
  if (!ReadEntry(reader, entry)) return CorruptError("a journal entry");
  return entry;
}

}  // namespace chancery::storage
