#include "services/resource/request_digest.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "services/resource/annotations.h"
#include "storage/sequencer.h"
#include "storage/sha256.h"

namespace chancery::resource {
namespace {

absl::Status TooLarge(const char* what, size_t actual, size_t limit) {
  return errors::Error(types::v1::BATCH_TOO_LARGE,
                       absl::StrCat("a batch has at most ", limit, " ", what),
                       {{what, absl::StrCat(actual)}, {"limit", absl::StrCat(limit)}});
}

}  // namespace

std::string RequestDigest(const google::protobuf::Message& request) {
  return storage::Sha256()
      .Update(request.GetTypeName())
      .Update("|")
      .Update(request.SerializeAsString())
      .Finish();
}

std::string CallDigest(const serving::Call& call) {
  storage::Sha256 digest;
  digest.Update(call.method()).Update("|");
  std::vector<grpc::Slice> slices;
  if (call.request_bytes().Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      digest.Update({reinterpret_cast<const char*>(slice.begin()), slice.size()});
    }
  }
  return digest.Finish();
}

absl::Status CheckBatchSize(int count, size_t bytes) {
  if (static_cast<size_t>(count) > storage::kMaxBatchRecords) {
    return TooLarge("count", count, storage::kMaxBatchRecords);
  }
  if (bytes > storage::kMaxBatchBytes) return TooLarge("bytes", bytes, storage::kMaxBatchBytes);
  return absl::OkStatus();
}

absl::Status PrepareElement(google::protobuf::Message& request, bool has_options, int i) {
  absl::Status status = Prepare(request);
  if (status.ok() && has_options) {
    constexpr char kRule[] = "request_id, validate_only and change_note are the batch's";
    const std::string field = absl::StrCat("requests.", i);
    status = errors::Error(types::v1::FIELD_INVALID, absl::StrCat(field, ": ", kRule),
                           {{"field", field}, {"value", ""}, {"rule", kRule}});
  }
  if (status.ok()) return status;
  return errors::WithMetadata(status, "index", absl::StrCat(i));
}

}  // namespace chancery::resource
