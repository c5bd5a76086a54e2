#ifndef CHANCERY_STORAGE_SEALER_H_
#define CHANCERY_STORAGE_SEALER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace chancery::storage {

// Makes the values that clients hold and neither read nor forge: page tokens, consistency tokens
// and revision ids are sealed, etags are marks.
//
// Both are deterministic, so that equal answers are equal bytes, and safe to be so. Results are
// URL-safe base64 without padding. `purpose` ("page", "etag", …) separates kinds: what was made for
// one is nothing for another. Thread-safe.
class Sealer {
 public:
  // `key`: 64 random bytes (AES-256-SIV). INVALID_ARGUMENT otherwise.
  static absl::StatusOr<std::unique_ptr<Sealer>> Create(absl::string_view key);
  // Reads the key file, creating it (mode 0600, 64 random bytes) if there is none. All processes of
  // one deployment share one file, so that each can open what another sealed.
  static absl::StatusOr<std::unique_ptr<Sealer>> FromKeyFile(const std::string& path);

  virtual ~Sealer() = default;

  // AES-256-SIV (RFC 5297).
  virtual std::string Seal(absl::string_view purpose, absl::string_view value) const = 0;
  // INVALID_ARGUMENT for anything that Seal did not make with this key and purpose (a plain error:
  // the caller names its own reason).
  virtual absl::StatusOr<std::string> Open(absl::string_view purpose,
                                           absl::string_view sealed) const = 0;
  // 22 characters that nobody makes without the key and nobody opens, for what is only ever
  // compared: less than half the work of a seal. HMAC-SHA-256 (RFC 2104), its first 128 bits.
  virtual std::string Mark(absl::string_view purpose, absl::string_view value) const = 0;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_SEALER_H_
