#include "tests/bench/raw_batches.h"

#include "rocksdb/transaction_log.h"
#include "rocksdb/write_batch.h"

namespace chancery::bench {
namespace {

constexpr int kFamilies = 8;  // at least as many as a store has

absl::Status FromEngine(const rocksdb::Status& status) {
  return status.ok() ? absl::OkStatus() : absl::InternalError(status.ToString());
}

class Collector final : public rocksdb::WriteBatch::Handler {
 public:
  explicit Collector(RawBatch* batch) : batch_(batch) {}

  rocksdb::Status PutCF(uint32_t family, const rocksdb::Slice& key,
                        const rocksdb::Slice& value) override {
    batch_->push_back({family, key.ToString(), value.ToString()});
    return rocksdb::Status::OK();
  }

 private:
  RawBatch* const batch_;
};

}  // namespace

absl::StatusOr<std::vector<RawBatch>> ReadLog(const std::string& store_path) {
  rocksdb::DB* opened = nullptr;
  // Read-only, since opening to write would flush and drop the log.
  rocksdb::Status status = rocksdb::DB::OpenForReadOnly({}, store_path, &opened);
  if (!status.ok()) return FromEngine(status);
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::unique_ptr<rocksdb::TransactionLogIterator> log;
  status = db->GetUpdatesSince(1, &log);
  if (!status.ok()) return FromEngine(status);
  std::vector<RawBatch> batches;
  for (; log->Valid(); log->Next()) {
    RawBatch batch;
    Collector collector(&batch);
    status = log->GetBatch().writeBatchPtr->Iterate(&collector);
    if (!status.ok()) return FromEngine(status);
    batches.push_back(std::move(batch));
  }
  return batches;
}

absl::StatusOr<std::unique_ptr<RawDatabase>> RawDatabase::Open(const std::string& path) {
  rocksdb::Options options;
  options.create_if_missing = true;
  std::unique_ptr<RawDatabase> database(new RawDatabase);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options, path, &db);
  if (!status.ok()) return FromEngine(status);
  database->db_.reset(db);
  for (int i = 0; status.ok() && i < kFamilies; ++i) {
    rocksdb::ColumnFamilyHandle* family = nullptr;
    status = db->CreateColumnFamily({}, std::to_string(i), &family);
    if (status.ok()) database->families_.push_back(family);
  }
  if (!status.ok()) return FromEngine(status);
  return database;
}

RawDatabase::~RawDatabase() {
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
}

absl::Status RawDatabase::Write(const RawBatch& batch) {
  rocksdb::WriteBatch writes;
  for (const RawEntry& entry : batch) {
    const rocksdb::Status status = writes.Put(families_.at(entry.family), entry.key, entry.value);
    if (!status.ok()) return FromEngine(status);
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return FromEngine(db_->Write(options, &writes));
}

}  // namespace chancery::bench
