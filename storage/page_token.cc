#include "storage/page_token.h"

#include "proto/errors/error.h"
#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

constexpr char kPurpose[] = "page";

bool Decode(absl::string_view bytes, PageToken& token) {
  KeyReader reader(bytes);
  if (!reader.Text(token.request_digest) || !reader.U64(token.seq)) return false;
  token.after = std::string(reader.Rest());
  return true;
}

}  // namespace

std::string SealPageToken(const Sealer& sealer, const PageToken& token) {
  KeyWriter writer;
  writer.Text(token.request_digest).U64(token.seq).Raw(token.after);
  return sealer.Seal(kPurpose, writer.key());
}

absl::StatusOr<PageToken> OpenPageToken(const Sealer& sealer, absl::string_view sealed,
                                        absl::string_view request_digest) {
  PageToken token;
  const absl::StatusOr<std::string> opened = sealer.Open(kPurpose, sealed);
  if (!opened.ok() || !Decode(*opened, token)) {
    return errors::Error(types::v1::PAGE_TOKEN_INVALID, "The page token was not made here.");
  }
  if (token.request_digest != request_digest) {
    return errors::Error(types::v1::PAGE_TOKEN_INVALID,
                         "The page token was made for another request.");
  }
  return token;
}

}  // namespace chancery::storage
