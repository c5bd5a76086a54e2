#include "gateway/rpc/tokens.h"

#include <openssl/sha.h>

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::Message;

std::string Sha256(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string Serialize(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

// What a page token is bound to.
std::string BoundPart(const Message& request) {
  std::unique_ptr<Message> part(request.New());
  part->CopyFrom(request);
  for (const char* free : {"page_token", "page_size"}) {
    const auto* field = part->GetDescriptor()->FindFieldByName(free);
    if (field != nullptr) part->GetReflection()->ClearField(part.get(), field);
  }
  return absl::StrCat(part->GetDescriptor()->full_name(), " ", Serialize(*part));
}

template <typename Token>
std::string ChecksumOf(Token token, absl::string_view bound) {
  token.clear_checksum();
  return Sha256(absl::StrCat(Serialize(token), "|", bound));
}

template <typename Token>
std::string EncodeBound(Token token, absl::string_view bound) {
  token.set_checksum(ChecksumOf(token, bound));
  return absl::WebSafeBase64Escape(Serialize(token));
}

template <typename Token>
bool DecodeBound(absl::string_view text, absl::string_view bound, Token& token) {
  std::string bytes;
  return absl::WebSafeBase64Unescape(text, &bytes) && token.ParseFromString(bytes) &&
         token.checksum() == ChecksumOf(token, bound);
}

}  // namespace

std::string Encode(v1::RegisterToken token) { return EncodeBound(std::move(token), ""); }

absl::StatusOr<v1::RegisterToken> DecodeToken(absl::string_view text) {
  v1::RegisterToken token;
  if (DecodeBound(text, "", token)) return token;
  return errors::Error(types::v1::CONSISTENCY_TOKEN_INVALID,
                       "as_of.token is no token of a dossier, a timeline or a list of holders",
                       {{"field", "as_of.token"}});
}

std::string Encode(v1::RegisterPageToken token, const Message& request) {
  return EncodeBound(std::move(token), BoundPart(request));
}

absl::StatusOr<v1::RegisterPageToken> DecodePageToken(absl::string_view text,
                                                      const Message& request) {
  v1::RegisterPageToken token;
  if (DecodeBound(text, BoundPart(request), token)) return token;
  return errors::Error(types::v1::PAGE_TOKEN_INVALID,
                       "the page token was not made for this request", {{"field", "page_token"}});
}

std::string Sha256Hex(absl::string_view bytes) { return absl::BytesToHexString(Sha256(bytes)); }

google::protobuf::Timestamp ToProto(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  int64_t seconds = micros / 1'000'000;
  if (micros % 1'000'000 < 0) --seconds;
  google::protobuf::Timestamp proto;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
  return proto;
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Microseconds(time.nanos() / 1000);
}

}  // namespace chancery::gateway::rpc
