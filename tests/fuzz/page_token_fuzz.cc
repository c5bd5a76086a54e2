// Page tokens from arbitrary bytes. Nothing opens but what was sealed, unchanged and for the same
// request; what was sealed opens to what it was.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/page_token.h"
#include "storage/sealer.h"

namespace chancery::storage {
namespace {

constexpr size_t kKeyBytes = 64;

// Holds in every build, unlike assert.
void Require(bool holds) {
  if (!holds) std::abort();
}

const Sealer& FixedSealer() {
  static const Sealer& sealer = *[] {
    std::string key;
    for (size_t i = 0; i < kKeyBytes; ++i) key.push_back(static_cast<char>(i));
    return Sealer::Create(key).value().release();
  }();
  return sealer;
}

// Sealing is deterministic, so a token that opens has to be the one that sealing makes.
void CheckAnyToken(absl::string_view sealed, absl::string_view digest) {
  const auto token = OpenPageToken(FixedSealer(), sealed, digest);
  if (token.ok()) Require(SealPageToken(FixedSealer(), *token) == sealed);
}

// `at` and `change` say which byte of the sealed token becomes what.
void CheckOwnToken(const PageToken& token, uint8_t at, uint8_t change) {
  const std::string& digest = token.request_digest;
  std::string sealed = SealPageToken(FixedSealer(), token);
  const auto opened = OpenPageToken(FixedSealer(), sealed, digest);
  Require(opened.ok() && opened->request_digest == digest && opened->seq == token.seq &&
          opened->after == token.after);
  Require(!OpenPageToken(FixedSealer(), sealed, digest + "x").ok());
  Require(!OpenPageToken(FixedSealer(), sealed + "A", digest).ok());
  char& byte = sealed[at % sealed.size()];
  if (change == 0) ++change;
  byte = static_cast<char>(byte ^ change);
  Require(!OpenPageToken(FixedSealer(), sealed, digest).ok());
}

}  // namespace
}  // namespace chancery::storage

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using chancery::storage::PageToken;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  chancery::storage::CheckAnyToken(bytes, "digest");
  // at, change, seq, length of the digest, digest, key
  if (size < 4) return 0;
  const absl::string_view rest = bytes.substr(4);
  const size_t digest = std::min<size_t>(data[3], rest.size());
  const PageToken token{std::string(rest.substr(0, digest)), data[2],
                        std::string(rest.substr(digest))};
  chancery::storage::CheckOwnToken(token, data[0], data[1]);
  return 0;
}
