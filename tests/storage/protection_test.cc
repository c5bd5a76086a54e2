// What the store does when the disk fails under it, and what happens without each protection.

#include <atomic>
#include <future>
#include <string>

#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "rocksdb/file_system.h"
#include "storage/engine_status.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

// A log file whose next sync fails once armed.
class FailingLog final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FailingLog(std::unique_ptr<rocksdb::FSWritableFile> file, const std::atomic<bool>* failing)
      : FSWritableFileOwnerWrapper(std::move(file)), failing_(failing) {}
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& io, rocksdb::IODebugContext* debug) override {
    if (*failing_) return rocksdb::IOStatus::IOError("the disk is on fire at /dev/secret");
    return FSWritableFileOwnerWrapper::Sync(io, debug);
  }

 private:
  const std::atomic<bool>* const failing_;
};

class FailingFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit FailingFiles(const std::shared_ptr<rocksdb::FileSystem>& files)
      : FileSystemWrapper(files) {}
  const char* Name() const override { return "FailingFiles"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus status = FileSystemWrapper::NewWritableFile(name, options, file, debug);
    if (status.ok() && name.find(".log") != std::string::npos) {
      *file = std::make_unique<FailingLog>(std::move(*file), &failing);
    }
    return status;
  }

  rocksdb::IOStatus GetFreeSpace(const std::string&, const rocksdb::IOOptions&, uint64_t* bytes,
                                 rocksdb::IODebugContext*) override {
    *bytes = free_bytes;
    return rocksdb::IOStatus::OK();
  }

  std::atomic<bool> failing = false;
  std::atomic<uint64_t> free_bytes = uint64_t{1} << 40;
};

TEST(ProtectionTest, AfterAFailedCommitNothingIsAcknowledgedAnyMore) {
  const std::unique_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto files = std::make_shared<FailingFiles>(memory->GetFileSystem());
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
  NoteStore store(env.get(), "/notes");
  ASSERT_TRUE(store.Open().ok());
  ASSERT_TRUE(store.Put("notes/a", "one").ok());
  files->failing = true;
  const absl::Status failed = store.Put("notes/a", "two").status();
  EXPECT_TRUE(errors::HasReason(failed, types::v1::COMMIT_INDETERMINATE)) << failed;
  EXPECT_EQ(failed.ToString().find("secret"), std::string::npos);
  files->failing = false;
  const absl::Status later = store.Put("notes/a", "three").status();
  EXPECT_TRUE(errors::HasReason(later, types::v1::STORE_UNAVAILABLE)) << later;
  EXPECT_EQ(store.fatal_calls(), 1);
  // What is published stays readable, and no more than that.
  EXPECT_EQ(store->Latest().seq(), 1u);
  EXPECT_EQ(*MessageAt(store->Latest(), "notes/a"), "one");
  EXPECT_EQ(store.ViewAt(store->LastCommitTime())->seq(), 1u);
  // A moment that the lost group may belong to has no answer that would last.
  EXPECT_TRUE(errors::HasReason(store.ViewAt(store->LastCommitTime() + 1).status(),
                                types::v1::STORE_UNAVAILABLE));
  store.Close();
  // Only a restart tells what became of it.
  ASSERT_TRUE(store.Open().ok());
  EXPECT_GE(store->Latest().seq(), 1u);
}

TEST(ProtectionTest, WritesStopBeforeTheDiskIsFullAndReadsGoOn) {
  const std::unique_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto files = std::make_shared<FailingFiles>(memory->GetFileSystem());
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
  NoteStore store(env.get(), "/notes");
  ASSERT_TRUE(store.Open().ok());
  ASSERT_TRUE(store.Put("notes/a", "one").ok());
  files->free_bytes = store.options.min_free_bytes - 1;
  ASSERT_TRUE(store.Open().ok());
  EXPECT_TRUE(errors::HasReason(store.Put("notes/a", "two").status(), types::v1::STORE_BUSY));
  EXPECT_EQ(*MessageAt(store->Latest(), "notes/a"), "one");
}

TEST(ProtectionTest, WordsOfTheEngineStayInTheLog) {
  const absl::Status status =
      FromEngine(rocksdb::Status::IOError("While open", "/secret/path"), "reading");
  EXPECT_EQ(std::string(status.message()), "The store failed while reading.");
  EXPECT_NE(EngineDetail(status).find("/secret/path"), std::string::npos);
  EXPECT_EQ(EngineDetail(absl::OkStatus()), "");
  EXPECT_EQ(FromEngine(rocksdb::Status::Corruption("bad"), "reading").code(),
            absl::StatusCode::kDataLoss);
}

TEST(ProtectionTest, AcknowledgingEarlyAcknowledgesWhatIsNotCommitted) {
  const std::unique_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto files = std::make_shared<FailingFiles>(memory->GetFileSystem());
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
  NoteStore store(env.get(), "/notes");
  store.options.unsafe.acknowledge_early = true;
  ASSERT_TRUE(store.Open().ok());
  files->failing = true;
  EXPECT_TRUE(store.Put("notes/a", "one").ok());
  store.Close();
}

}  // namespace
}  // namespace chancery::storage
