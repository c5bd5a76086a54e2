#include "storage/record.h"

#include "storage/engine_status.h"
#include "storage/key_codec.h"
#include "storage/sha256.h"

namespace chancery::storage {
namespace {

constexpr uint8_t kRecordVersion = 1;
constexpr uint8_t kDeletedFlag = 1;

absl::string_view Bytes(const Salt& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

bool ReadHeader(KeyReader& reader, RecordHeader& header) {
  uint8_t version, flags;
  if (!reader.U8(version) || version != kRecordVersion) return false;
  if (!reader.U8(flags) || (flags & ~kDeletedFlag) != 0) return false;
  if (!reader.I64(header.create_time) || !reader.I64(header.update_time)) return false;
  if ((flags & kDeletedFlag) != 0 && (!reader.I64(header.delete_time) || !header.deleted())) {
    return false;
  }
  absl::string_view salt;
  if (!reader.Raw(header.salt.size(), salt)) return false;
  std::copy(salt.begin(), salt.end(), header.salt.begin());
  return true;
}

}  // namespace

std::string EncodeRecord(const RecordHeader& header, absl::string_view payload) {
  KeyWriter writer;
  writer.U8(kRecordVersion).U8(header.deleted() ? kDeletedFlag : 0);
  writer.I64(header.create_time).I64(header.update_time);
  if (header.deleted()) writer.I64(header.delete_time);
  return std::move(writer.Raw(Bytes(header.salt)).Raw(payload)).key();
}

absl::StatusOr<RecordView> DecodeRecord(absl::string_view bytes) {
  KeyReader reader(bytes);
  RecordView record;
  if (!ReadHeader(reader, record.header)) return CorruptError("a record's envelope");
  record.payload = reader.Rest();
  return record;
}

std::string RecordDigest(const Salt& salt, absl::string_view record_bytes) {
  return Sha256().Update(Bytes(salt)).Update(record_bytes).Finish();
}

}  // namespace chancery::storage
