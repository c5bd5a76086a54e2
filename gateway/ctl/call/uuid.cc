#include "gateway/ctl/call/uuid.h"

#include <array>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "openssl/evp.h"
#include "openssl/rand.h"

namespace chancery::ctl {
namespace {

constexpr size_t kUuidBytes = 16;

std::string Digest(absl::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return std::string(digest.begin(), digest.begin() + size);
}

// The first 16 bytes, with version and variant set, as 8-4-4-4-12.
std::string Shape(std::string bytes) {
  bytes.resize(kUuidBytes);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace

std::string Sha256Hex(absl::string_view bytes) { return absl::BytesToHexString(Digest(bytes)); }

std::string UuidOf(absl::string_view bytes) { return Shape(Digest(bytes)); }

std::string NewUuid() {
  std::string bytes(kUuidBytes, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), kUuidBytes);
  return Shape(std::move(bytes));
}

}  // namespace chancery::ctl
