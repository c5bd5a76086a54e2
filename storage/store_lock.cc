#include "storage/store_lock.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"

namespace chancery::storage {
namespace {

std::string LockFile(const std::string& path) { return path + "/STORE_LOCK"; }
std::string PidFile(const std::string& path) { return path + "/PID"; }

absl::Status LockedError(rocksdb::Env* env, const std::string& path) {
  std::string pid;
  if (!rocksdb::ReadFileToString(env, PidFile(path), &pid).ok() || pid.empty()) pid = "unknown";
  return errors::Error(types::v1::STORE_LOCKED,
                       absl::StrCat("The store at ", path, " is in use by the process ", pid, "."),
                       {{"path", path}, {"pid", pid}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoreLock>> StoreLock::Take(rocksdb::Env* env,
                                                           const std::string& path, bool create) {
  if (create) {
    RETURN_IF_ERROR(FromEngine(env->CreateDirIfMissing(path), "creating its directory"));
  } else {
    RETURN_IF_ERROR(FromEngine(env->FileExists(path), "looking for its directory"));
  }
  rocksdb::FileLock* lock = nullptr;
  const rocksdb::Status status = env->LockFile(LockFile(path), &lock);
  if (!status.ok()) {
    if (env->FileExists(LockFile(path)).ok()) return LockedError(env, path);
    return FromEngine(status, "taking its lock");
  }
  auto taken = std::unique_ptr<StoreLock>(new StoreLock(env, lock));
  RETURN_IF_ERROR(FromEngine(rocksdb::WriteStringToFile(env, absl::StrCat(getpid()), PidFile(path)),
                             "noting its owner"));
  return taken;
}

StoreLock::~StoreLock() { env_->UnlockFile(lock_).PermitUncheckedError(); }

}  // namespace chancery::storage
