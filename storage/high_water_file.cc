#include "storage/high_water_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/key_codec.h"
#include "storage/sha256.h"

namespace chancery::storage {
namespace {

constexpr size_t kSlotBytes = 512;
constexpr absl::string_view kMagic = "CHANHW01";
constexpr size_t kCheckBytes = 8;

struct Slot {
  uint64_t generation = 0;
  HighWaterMark mark;
};

std::string Checksum(absl::string_view body) {
  return Sha256().Update(body).Finish().substr(0, kCheckBytes);
}

std::string EncodeSlot(const Slot& slot) {
  std::string hash = slot.mark.hash;
  hash.resize(kSha256Bytes, '\0');
  KeyWriter writer;
  writer.Raw(kMagic).U64(slot.generation).U64(slot.mark.seq).I64(slot.mark.ceiling).Raw(hash);
  std::string bytes = std::move(writer).key();
  bytes += Checksum(bytes);
  bytes.resize(kSlotBytes, '\0');
  return bytes;
}

std::optional<Slot> DecodeSlot(absl::string_view bytes) {
  KeyReader reader(bytes);
  absl::string_view magic, hash, check;
  Slot slot;
  if (!reader.Raw(kMagic.size(), magic) || magic != kMagic) return std::nullopt;
  if (!reader.U64(slot.generation) || !reader.U64(slot.mark.seq)) return std::nullopt;
  if (!reader.I64(slot.mark.ceiling) || !reader.Raw(kSha256Bytes, hash)) return std::nullopt;
  const size_t body = bytes.size() - reader.Rest().size();
  if (!reader.Raw(kCheckBytes, check) || check != Checksum(bytes.substr(0, body))) {
    return std::nullopt;
  }
  if (slot.mark.seq != 0) slot.mark.hash = std::string(hash);
  return slot;
}

std::string FileName(const std::string& path) { return path + "/HIGH_WATER"; }

rocksdb::IOStatus Create(rocksdb::FileSystem& files, const std::string& path,
                         const std::string& name) {
  // Both slots in one write: a file that exists after a crash is either empty or whole enough.
  const std::string slots =
      EncodeSlot({.generation = 0, .mark = {}}) + EncodeSlot({.generation = 1, .mark = {}});
  std::unique_ptr<rocksdb::FSWritableFile> file;
  const rocksdb::IOOptions io;
  const std::string temporary = name + ".new";
  rocksdb::IOStatus status = files.NewWritableFile(temporary, {}, &file, nullptr);
  if (status.ok()) status = file->Append(slots, io, nullptr);
  if (status.ok()) status = file->Sync(io, nullptr);
  if (status.ok()) status = file->Close(io, nullptr);
  if (status.ok()) status = files.RenameFile(temporary, name, io, nullptr);
  std::unique_ptr<rocksdb::FSDirectory> directory;
  if (status.ok()) status = files.NewDirectory(path, io, &directory, nullptr);
  if (status.ok()) status = directory->Fsync(io, nullptr);
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HighWaterFile>> HighWaterFile::Open(rocksdb::Env* env,
                                                                   const std::string& path) {
  rocksdb::FileSystem& files = *env->GetFileSystem();
  const std::string name = FileName(path);
  const bool missing = !Exists(env, path);
  if (missing) {
    RETURN_IF_ERROR(FromEngine(Create(files, path, name), "creating the high-water file"));
  }
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  RETURN_IF_ERROR(FromEngine(files.NewRandomRWFile(name, rocksdb::FileOptions(), &file, nullptr),
                             "opening the high-water file"));
  auto opened = std::unique_ptr<HighWaterFile>(new HighWaterFile(std::move(file), missing));
  RETURN_IF_ERROR(opened->Load());
  return opened;
}

bool HighWaterFile::Exists(rocksdb::Env* env, const std::string& path) {
  return env->FileExists(FileName(path)).ok();
}

absl::Status HighWaterFile::Load() {
  std::array<char, 2 * kSlotBytes> scratch;
  rocksdb::Slice bytes;
  RETURN_IF_ERROR(FromEngine(
      file_->Read(0, scratch.size(), rocksdb::IOOptions(), &bytes, scratch.data(), nullptr),
      "reading the high-water file"));
  const absl::string_view all(bytes.data(), bytes.size());
  std::optional<Slot> newest;
  for (size_t at = 0; at + kSlotBytes <= all.size(); at += kSlotBytes) {
    std::optional<Slot> slot = DecodeSlot(all.substr(at, kSlotBytes));
    if (!slot.has_value()) continue;
    if (!newest.has_value() || slot->generation > newest->generation) newest = std::move(slot);
  }
  if (!newest.has_value()) return CorruptError("both slots of the high-water file");
  generation_ = newest->generation;
  mark_ = std::move(newest->mark);
  return absl::OkStatus();
}

absl::Status HighWaterFile::Write(const HighWaterMark& mark) {
  const uint64_t generation = generation_ + 1;
  const std::string slot = EncodeSlot({generation, mark});
  const rocksdb::IOOptions io;
  rocksdb::IOStatus status = file_->Write((generation % 2) * kSlotBytes, slot, io, nullptr);
  if (status.ok()) status = file_->Sync(io, nullptr);
  RETURN_IF_ERROR(FromEngine(status, "writing the high-water file"));
  generation_ = generation;
  mark_ = mark;
  return absl::OkStatus();
}

}  // namespace chancery::storage
