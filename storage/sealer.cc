#include "storage/sealer.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "proto/errors/status_macros.h"
#include "storage/key_file.h"

namespace chancery::storage {
namespace {

constexpr size_t kKeyBytes = 64;
constexpr size_t kTagBytes = 16;
constexpr size_t kMarkBytes = 16;
constexpr size_t kSha256Bytes = 32;
// First byte of what is sealed: lets the form change, and keeps the plaintext from being empty.
constexpr char kForm = 1;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using Cipher = std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

const unsigned char* Bytes(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* Bytes(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

absl::Status NotSealedHere() {
  return absl::InvalidArgumentError("not a value that was sealed here");
}

// An HMAC that has a key of its own, derived from the file's.
MacContext NewMarking(absl::string_view key) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(
      EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
  MacContext context(EVP_MAC_CTX_new(hmac.get()), EVP_MAC_CTX_free);
  std::string digest = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  constexpr absl::string_view kLabel = "chancery mark";
  unsigned char derived[kSha256Bytes];
  const bool keyed = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(kLabel),
                          kLabel.size(), derived, nullptr) != nullptr &&
                     EVP_MAC_init(context.get(), derived, sizeof derived, parameters) == 1;
  if (!keyed) std::abort();
  return context;
}

class KeyedSealer final : public Sealer {
 public:
  KeyedSealer(const EVP_CIPHER* cipher, absl::string_view key)
      : sealing_(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free),
        opening_(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free),
        marking_(NewMarking(key)) {
    if (EVP_EncryptInit_ex(sealing_.get(), cipher, nullptr, Bytes(key), nullptr) != 1 ||
        EVP_DecryptInit_ex(opening_.get(), cipher, nullptr, Bytes(key), nullptr) != 1) {
      std::abort();
    }
  }

  std::string Seal(absl::string_view purpose, absl::string_view value) const override {
    std::string plain(1, kForm);
    plain.append(value.data(), value.size());
    std::string tag(kTagBytes, '\0'), sealed(plain.size(), '\0');
    const CipherContext context = CopyOf(sealing_);
    int size;
    const bool done =
        EVP_EncryptUpdate(context.get(), nullptr, &size, Bytes(purpose), Length(purpose)) == 1 &&
        EVP_EncryptUpdate(context.get(), Bytes(sealed), &size, Bytes(plain), Length(plain)) == 1 &&
        EVP_EncryptFinal_ex(context.get(), nullptr, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, tag.data()) == 1;
    if (!done) std::abort();
    return absl::WebSafeBase64Escape(tag + sealed);
  }

  absl::StatusOr<std::string> Open(absl::string_view purpose,
                                   absl::string_view sealed) const override {
    std::string bytes;
    // Base64 has many spellings of one value; only ours is accepted.
    if (!absl::WebSafeBase64Unescape(sealed, &bytes) || bytes.size() <= kTagBytes ||
        absl::WebSafeBase64Escape(bytes) != sealed) {
      return NotSealedHere();
    }
    const std::string body = bytes.substr(kTagBytes);
    std::string plain(body.size(), '\0');
    const CipherContext context = CopyOf(opening_);
    int size;
    const bool genuine =
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, bytes.data()) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &size, Bytes(purpose), Length(purpose)) == 1 &&
        EVP_DecryptUpdate(context.get(), Bytes(plain), &size, Bytes(body), Length(body)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), nullptr, &size) == 1;
    if (!genuine || plain[0] != kForm) return NotSealedHere();
    return plain.substr(1);
  }

  std::string Mark(absl::string_view purpose, absl::string_view value) const override {
    const MacContext context(EVP_MAC_CTX_dup(marking_.get()), EVP_MAC_CTX_free);
    unsigned char mac[kSha256Bytes];
    size_t size;
    const bool done = context != nullptr &&
                      // With its final zero: no purpose is the beginning of another.
                      EVP_MAC_update(context.get(), Bytes(purpose), purpose.size()) == 1 &&
                      EVP_MAC_update(context.get(), Bytes(absl::string_view("\0", 1)), 1) == 1 &&
                      EVP_MAC_update(context.get(), Bytes(value), value.size()) == 1 &&
                      EVP_MAC_final(context.get(), mac, &size, sizeof mac) == 1;
    if (!done) std::abort();
    return absl::WebSafeBase64Escape({reinterpret_cast<const char*>(mac), kMarkBytes});
  }

 private:
  static int Length(absl::string_view bytes) { return static_cast<int>(bytes.size()); }

  // One use of a context is one message. Copying one that has its key costs a third of giving the
  // key to a new one, and takes none of the library's locks.
  static CipherContext CopyOf(const CipherContext& keyed) {
    CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    if (EVP_CIPHER_CTX_copy(context.get(), keyed.get()) != 1) std::abort();
    return context;
  }

  const CipherContext sealing_;
  const CipherContext opening_;
  const MacContext marking_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::Create(absl::string_view key) {
  if (key.size() != kKeyBytes) return absl::InvalidArgumentError("the key must have 64 bytes");
  Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-SIV", nullptr), EVP_CIPHER_free);
  if (cipher == nullptr) return absl::InternalError("AES-256-SIV is not available");
  return std::make_unique<KeyedSealer>(cipher.get(), key);
}

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::FromKeyFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string key, ReadOrCreateKeyFile(path, kKeyBytes));
  return Create(key);
}

}  // namespace chancery::storage
