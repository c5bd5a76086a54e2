#include "tests/faults/unsynced_loss_env.h"

#include <algorithm>
#include <cstdarg>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rocksdb/file_system.h"
#include "rocksdb/system_clock.h"

namespace chancery::faults {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using FilePtr = UnsyncedLossDisk::FilePtr;

IOStatus Done(bool done) { return done ? IOStatus::OK() : IOStatus::IOError("the power is off"); }

absl::string_view AsView(const Slice& slice) { return {slice.data(), slice.size()}; }

IOStatus ReadAt(const UnsyncedLossDisk& disk, const FilePtr& file, uint64_t offset, size_t length,
                Slice* result, char* scratch) {
  const auto bytes = disk.Read(*file, offset, length);
  if (!bytes.has_value()) return Done(false);
  std::copy(bytes->begin(), bytes->end(), scratch);
  *result = Slice(scratch, bytes->size());
  return IOStatus::OK();
}

class SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  SequentialFile(const UnsyncedLossDisk* disk, FilePtr file)
      : disk_(disk), file_(std::move(file)) {}
  IOStatus Read(size_t length, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    IOStatus status = ReadAt(*disk_, file_, offset_, length, result, scratch);
    if (status.ok()) offset_ += result->size();
    return status;
  }
  IOStatus Skip(uint64_t length) override {
    offset_ += length;
    return IOStatus::OK();
  }

 private:
  const UnsyncedLossDisk* const disk_;
  const FilePtr file_;
  uint64_t offset_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  RandomAccessFile(const UnsyncedLossDisk* disk, FilePtr file)
      : disk_(disk), file_(std::move(file)) {}
  IOStatus Read(uint64_t offset, size_t length, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return ReadAt(*disk_, file_, offset, length, result, scratch);
  }

 private:
  const UnsyncedLossDisk* const disk_;
  const FilePtr file_;
};

class WritableFile final : public rocksdb::FSWritableFile {
 public:
  WritableFile(UnsyncedLossDisk* disk, FilePtr file) : disk_(disk), file_(std::move(file)) {}
  using FSWritableFile::Append;
  IOStatus Append(const Slice& bytes, const IOOptions&, IODebugContext*) override {
    return Done(disk_->Append(*file_, AsView(bytes)));
  }
  IOStatus Truncate(uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return Done(!disk_->off()); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return Done(!disk_->off()); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return Done(disk_->Sync(*file_)); }
  bool IsSyncThreadSafe() const override { return true; }
  uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    return disk_->Size(*file_).value_or(0);
  }

 private:
  UnsyncedLossDisk* const disk_;
  const FilePtr file_;
};

class RandomRWFile final : public rocksdb::FSRandomRWFile {
 public:
  RandomRWFile(UnsyncedLossDisk* disk, FilePtr file) : disk_(disk), file_(std::move(file)) {}
  IOStatus Write(uint64_t offset, const Slice& bytes, const IOOptions&, IODebugContext*) override {
    return Done(disk_->Write(*file_, offset, AsView(bytes)));
  }
  IOStatus Read(uint64_t offset, size_t length, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return ReadAt(*disk_, file_, offset, length, result, scratch);
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return Done(!disk_->off()); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return Done(disk_->Sync(*file_)); }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  UnsyncedLossDisk* const disk_;
  const FilePtr file_;
};

class Directory final : public rocksdb::FSDirectory {
 public:
  Directory(UnsyncedLossDisk* disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return Done(disk_->SyncDirectory(path_));
  }

 private:
  UnsyncedLossDisk* const disk_;
  const std::string path_;
};

class SilentLogger final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
  size_t GetLogFileSize() const override { return 0; }
};

struct Lock final : rocksdb::FileLock {
  explicit Lock(std::string file) : path(std::move(file)) {}
  const std::string path;
};

class Files final : public rocksdb::FileSystemWrapper {
 public:
  explicit Files(UnsyncedLossDisk* disk)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}
  const char* Name() const override { return "UnsyncedLossFiles"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext*) override {
    return Open<SequentialFile>(path, file);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext*) override {
    return Open<RandomAccessFile>(path, file);
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions&,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext*) override {
    return Open<WritableFile>(path, file);
  }
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext*) override {
    return Open<RandomRWFile>(path, file);
  }
  IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext*) override {
    FilePtr created;
    const bool done = disk_->Create(path, created);
    if (done) *file = std::make_unique<WritableFile>(disk_, created);
    return Done(done);
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                        IODebugContext*) override {
    *directory = std::make_unique<Directory>(disk_, path);
    return IOStatus::OK();
  }

  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    if (disk_->Find(path) != nullptr || disk_->IsDirectory(path)) return IOStatus::OK();
    return disk_->off() ? Done(false) : IOStatus::NotFound(path);
  }
  IOStatus GetChildren(const std::string& path, const IOOptions&,
                       std::vector<std::string>* children, IODebugContext*) override {
    *children = disk_->Children(path);
    return Done(!disk_->off());
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, uint64_t* size,
                       IODebugContext*) override {
    const FilePtr file = disk_->Find(path);
    if (file == nullptr) return Missing(path);
    *size = disk_->Size(*file).value_or(0);
    return IOStatus::OK();
  }
  IOStatus GetFileModificationTime(const std::string&, const IOOptions&, uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* answer,
                       IODebugContext*) override {
    *answer = disk_->IsDirectory(path);
    return IOStatus::OK();
  }

  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_->Find(path) == nullptr ? Missing(path) : Done(disk_->Remove(path));
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return disk_->Find(from) == nullptr ? Missing(from) : Done(disk_->Rename(from, to));
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    disk_->MakeDirectory(path);
    return IOStatus::OK();
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&, IODebugContext*) override {
    disk_->MakeDirectory(path);
    return IOStatus::OK();
  }

  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    FilePtr file = disk_->Find(path);
    if (file == nullptr && !disk_->Create(path, file)) return Done(false);
    std::lock_guard<std::mutex> guard(mutex_);
    if (!locked_.insert(path).second) return IOStatus::IOError("locked", path);
    *lock = new Lock(path);
    return IOStatus::OK();
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<Lock> taken(static_cast<Lock*>(lock));
    std::lock_guard<std::mutex> guard(mutex_);
    locked_.erase(taken->path);
    return IOStatus::OK();
  }

  IOStatus NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* logger,
                     IODebugContext*) override {
    *logger = std::make_shared<SilentLogger>();
    return IOStatus::OK();
  }
  IOStatus GetFreeSpace(const std::string&, const IOOptions&, uint64_t* bytes,
                        IODebugContext*) override {
    *bytes = uint64_t{1} << 40;
    return IOStatus::OK();
  }

 private:
  IOStatus Missing(const std::string& path) const {
    return disk_->off() ? Done(false) : IOStatus::PathNotFound(path);
  }

  template <typename Opened, typename Interface>
  IOStatus Open(const std::string& path, std::unique_ptr<Interface>* file) {
    FilePtr found = disk_->Find(path);
    if (found == nullptr) return Missing(path);
    *file = std::make_unique<Opened>(disk_, std::move(found));
    return IOStatus::OK();
  }

  UnsyncedLossDisk* const disk_;
  std::mutex mutex_;
  std::set<std::string> locked_;
};

// The engine sleeps for a second after a flush or compaction that failed. Here it need not.
class SleeplessClock final : public rocksdb::SystemClockWrapper {
 public:
  SleeplessClock() : SystemClockWrapper(rocksdb::SystemClock::Default()) {}
  const char* Name() const override { return "SleeplessClock"; }
  void SleepForMicroseconds(int) override {}
};

class SleeplessEnv final : public rocksdb::EnvWrapper {
 public:
  explicit SleeplessEnv(std::unique_ptr<rocksdb::Env> env) : EnvWrapper(std::move(env)) {
    system_clock_ = std::make_shared<SleeplessClock>();
  }
  const char* Name() const override { return "SleeplessEnv"; }
};

}  // namespace

std::unique_ptr<rocksdb::Env> NewUnsyncedLossEnv(UnsyncedLossDisk* disk) {
  return std::make_unique<SleeplessEnv>(rocksdb::NewCompositeEnv(std::make_shared<Files>(disk)));
}

}  // namespace chancery::faults
