#include "storage/space_guard.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "rocksdb/file_system.h"

namespace chancery::storage {
namespace {

constexpr std::chrono::seconds kInterval(1);

}  // namespace

SpaceGuard::SpaceGuard(rocksdb::Env* env, std::string path, uint64_t min_free_bytes)
    : env_(env), path_(std::move(path)), min_free_bytes_(min_free_bytes) {}

absl::Status SpaceGuard::Admit() {
  const auto now = std::chrono::steady_clock::now();
  if (min_free_bytes_ != 0 && now >= next_look_) {
    next_look_ = now + kInterval;
    uint64_t free = 0;
    const bool known =
        env_->GetFileSystem()->GetFreeSpace(path_, rocksdb::IOOptions(), &free, nullptr).ok();
    full_ = known && free < min_free_bytes_ + (full_ ? min_free_bytes_ / 4 : 0);
  }
  if (!full_) return absl::OkStatus();
  return errors::Error(types::v1::STORE_BUSY,
                       absl::StrCat("The disk is nearly full: less than ", min_free_bytes_ >> 20,
                                    " MiB are left. Nothing is written until there is more room."));
}

}  // namespace chancery::storage
