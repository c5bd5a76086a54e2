#include "storage/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace chancery::storage {
namespace {

// Fetched once, never freed: looking the algorithm up each time is a third of hashing a record.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> evp{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->evp.get(), Algorithm(), nullptr) != 1) std::abort();
}

Sha256::~Sha256() = default;

Sha256& Sha256::Update(absl::string_view bytes) {
  if (EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) != 1) std::abort();
  return *this;
}

std::string Sha256::Finish() {
  std::string digest(kSha256Bytes, '\0');
  if (EVP_DigestFinal_ex(context_->evp.get(), reinterpret_cast<unsigned char*>(digest.data()),
                         nullptr) != 1) {
    std::abort();
  }
  return digest;
}

}  // namespace chancery::storage
