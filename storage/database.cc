#include "storage/database.h"

#include <algorithm>
#include <utility>

#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_options.h"
#include "storage/engine_status.h"

namespace chancery::storage {
namespace {

rocksdb::Slice AsSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

rocksdb::ReadOptions CheckedReads() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  options.total_order_seek = true;
  options.async_io = false;
  return options;
}

}  // namespace

Database::Database(const DatabaseOptions& options, std::unique_ptr<StoreLock> lock)
    : options_(options), lock_(std::move(lock)) {}

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    if (handle != nullptr) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  if (db_ != nullptr) db_->Close().PermitUncheckedError();
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options,
                                                         FailureLatch* latch) {
  ASSIGN_OR_RETURN(std::unique_ptr<StoreLock> lock,
                   StoreLock::Take(options.env, options.path, !options.read_only));
  auto database = std::unique_ptr<Database>(new Database(options, std::move(lock)));
  RETURN_IF_ERROR(FromEngine(database->OpenEngine(latch), "opening"));
  return database;
}

rocksdb::Status Database::OpenEngine(FailureLatch* latch) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (int i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    families.emplace_back(FamilyName(family), FamilyOptions(family, options_.block_cache));
  }
  const rocksdb::DBOptions options = EngineOptions(options_.env, latch);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      options_.read_only
          ? rocksdb::DB::OpenForReadOnly(options, options_.path, families, &handles, &db)
          : rocksdb::DB::Open(options, options_.path, families, &handles, &db);
  if (!status.ok()) return status;
  db_.reset(db);
  std::copy(handles.begin(), handles.end(), handles_.begin());
  return status;
}

absl::StatusOr<std::optional<std::string>> Database::Get(Family family,
                                                         absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(CheckedReads(), Handle(family), AsSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromEngine(status, "reading"));
  return value;
}

absl::StatusOr<std::optional<Database::Found>> Database::GetAt(Family family, absl::string_view key,
                                                               uint64_t seq) const {
  const std::string as_of = EncodeTimestamp(seq);
  const rocksdb::Slice as_of_slice(as_of);
  rocksdb::ReadOptions options = CheckedReads();
  options.timestamp = &as_of_slice;
  Found found{.value = std::make_unique<rocksdb::PinnableSlice>()};
  std::string timestamp;
  const rocksdb::Status status =
      db_->Get(options, Handle(family), AsSlice(key), found.value.get(), &timestamp);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromEngine(status, "reading"));
  found.seq = DecodeTimestamp(timestamp);
  return found;
}

absl::StatusOr<std::vector<std::optional<Database::Found>>> Database::MultiGetAt(
    Family family, const std::vector<std::string>& keys, uint64_t seq) const {
  const std::string as_of = EncodeTimestamp(seq);
  const rocksdb::Slice as_of_slice(as_of);
  rocksdb::ReadOptions options = CheckedReads();
  options.timestamp = &as_of_slice;
  const size_t count = keys.size();
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(count);
  std::vector<std::string> timestamps(count);
  std::vector<rocksdb::Status> statuses(count);
  db_->MultiGet(options, Handle(family), count, slices.data(), values.data(), timestamps.data(),
                statuses.data());
  std::vector<std::optional<Found>> found(count);
  for (size_t i = 0; i < count; ++i) {
    if (statuses[i].IsNotFound()) continue;
    RETURN_IF_ERROR(FromEngine(statuses[i], "reading"));
    found[i] = Found{DecodeTimestamp(timestamps[i]),
                     std::make_unique<rocksdb::PinnableSlice>(std::move(values[i]))};
  }
  return found;
}

std::unique_ptr<EngineIterator> Database::Iterate(Family family,
                                                  EngineIterator::Range range) const {
  return std::make_unique<EngineIterator>(db_.get(), Handle(family), std::move(range), std::nullopt,
                                          false);
}

std::unique_ptr<EngineIterator> Database::IterateAt(Family family, EngineIterator::Range range,
                                                    uint64_t seq) const {
  return std::make_unique<EngineIterator>(db_.get(), Handle(family), std::move(range), seq, false);
}

std::unique_ptr<EngineIterator> Database::IterateVersions(Family family,
                                                          EngineIterator::Range range,
                                                          uint64_t seq) const {
  return std::make_unique<EngineIterator>(db_.get(), Handle(family), std::move(range), seq, true);
}

rocksdb::WriteBatch Database::NewBatch() { return rocksdb::WriteBatch(0, 0, 8, 0); }

// A batch refuses an entry only for a family's missing timestamp, which the four methods exclude.

void Database::Put(rocksdb::WriteBatch& batch, Family family, absl::string_view key,
                   absl::string_view value) const {
  batch.Put(Handle(family), AsSlice(key), AsSlice(value)).PermitUncheckedError();
}

void Database::PutAt(rocksdb::WriteBatch& batch, Family family, absl::string_view key, uint64_t seq,
                     absl::string_view value) const {
  batch.Put(Handle(family), AsSlice(key), EncodeTimestamp(seq), AsSlice(value))
      .PermitUncheckedError();
}

void Database::Delete(rocksdb::WriteBatch& batch, Family family, absl::string_view key) const {
  batch.Delete(Handle(family), AsSlice(key)).PermitUncheckedError();
}

void Database::DeleteAt(rocksdb::WriteBatch& batch, Family family, absl::string_view key,
                        uint64_t seq) const {
  batch.Delete(Handle(family), AsSlice(key), EncodeTimestamp(seq)).PermitUncheckedError();
}

absl::Status Database::Write(rocksdb::WriteBatch& batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync && options_.sync;
  options.protection_bytes_per_key = 8;
  return FromEngine(db_->Write(options, &batch), "committing");
}

absl::Status Database::Recreate(Family family) {
  rocksdb::ColumnFamilyHandle*& handle = handles_[static_cast<size_t>(family)];
  RETURN_IF_ERROR(FromEngine(db_->DropColumnFamily(handle), "dropping an index"));
  RETURN_IF_ERROR(FromEngine(db_->DestroyColumnFamilyHandle(handle), "dropping an index"));
  handle = nullptr;
  return FromEngine(db_->CreateColumnFamily(FamilyOptions(family, options_.block_cache),
                                            FamilyName(family), &handle),
                    "creating an index");
}

absl::Status Database::Flush() {
  const std::vector<rocksdb::ColumnFamilyHandle*> all(handles_.begin(), handles_.end());
  return FromEngine(db_->Flush(rocksdb::FlushOptions(), all), "flushing");
}

absl::Status Database::CompactAll() {
  RETURN_IF_ERROR(Flush());
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    RETURN_IF_ERROR(FromEngine(db_->CompactRange(options, handle, nullptr, nullptr), "compacting"));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Database::CountInFiles(Family family) const {
  rocksdb::TablePropertiesCollection files;
  RETURN_IF_ERROR(FromEngine(db_->GetPropertiesOfAllTables(Handle(family), &files), "counting"));
  uint64_t entries = 0;
  for (const auto& [file, properties] : files) entries += properties->num_entries;
  return entries;
}

absl::Status Database::VerifyChecksums() const {
  RETURN_IF_ERROR(FromEngine(db_->VerifyChecksum(CheckedReads()), "verifying checksums"));
  return FromEngine(db_->VerifyFileChecksums(CheckedReads()), "verifying files");
}

}  // namespace chancery::storage
