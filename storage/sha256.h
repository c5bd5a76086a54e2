#ifndef CHANCERY_STORAGE_SHA256_H_
#define CHANCERY_STORAGE_SHA256_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace chancery::storage {

inline constexpr size_t kSha256Bytes = 32;

// A SHA-256 in the making. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& Update(absl::string_view bytes);
  // The 32 bytes of the digest. Once.
  std::string Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_SHA256_H_
