#include "services/resource/request_digest.h"

#include <openssl/sha.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "services/resource/annotations.h"
#include "storage/sequencer.h"

namespace chancery::resource {
namespace {

std::string Sha256(const std::string& bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
         reinterpret_cast<uint8_t*>(digest.data()));
  return digest;
}

absl::Status TooLarge(const char* what, size_t actual, size_t limit) {
  return errors::Error(
      types::v1::BATCH_TOO_LARGE, absl::StrCat("a batch has at most ", limit, " ", what),
      {{what, absl::StrCat(actual)}, {"limit", absl::StrCat(limit)}});
}

}  // namespace

std::string RequestDigest(const google::protobuf::Message& request) {
  return Sha256(absl::StrCat(request.GetTypeName(), "|", request.SerializeAsString()));
}

std::string CallDigest(const serving::Call& call) {
  std::string bytes = absl::StrCat(call.method(), "|");
  std::vector<grpc::Slice> slices;
  if (call.request_bytes().Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  return Sha256(bytes);
}

absl::Status CheckBatchSize(int count, size_t bytes) {
  if (static_cast<size_t>(count) > storage::kMaxBatchRecords) {
    return TooLarge("count", count, storage::kMaxBatchRecords);
  }
  if (bytes > storage::kMaxBatchBytes) return TooLarge("bytes", bytes, storage::kMaxBatchBytes);
  return absl::OkStatus();
}

absl::Status PrepareElement(google::protobuf::Message& request, int i) {
  const absl::Status status = Prepare(request);
  if (status.ok()) return status;
  return errors::WithMetadata(status, "index", absl::StrCat(i));
}

}  // namespace chancery::resource
