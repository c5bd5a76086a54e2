#include "proto/errors/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace chancery::errors {
namespace {

using types::v1::ErrorReason;

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

void SetInfo(absl::Status& status, const google::rpc::ErrorInfo& info) {
  status.SetPayload(kErrorInfoUrl, absl::Cord(info.SerializeAsString()));
}

}  // namespace

absl::StatusCode CodeOf(ErrorReason reason) {
  switch (reason) {
    case types::v1::REQUEST_UNDECODABLE:
    case types::v1::TEXT_NOT_UTF8:
    case types::v1::REQUIRED_FIELD_MISSING:
    case types::v1::FIELD_INVALID:
    case types::v1::RESOURCE_NAME_INVALID:
    case types::v1::ENUM_VALUE_UNKNOWN:
    case types::v1::DATE_INVALID:
    case types::v1::FIELD_IMMUTABLE:
    case types::v1::FIELD_MASK_INVALID:
    case types::v1::FILTER_INVALID:
    case types::v1::ORDER_BY_INVALID:
    case types::v1::PAGE_TOKEN_INVALID:
    case types::v1::PAGE_SIZE_INVALID:
    case types::v1::CONSISTENCY_TOKEN_INVALID:
    case types::v1::KNOWN_AT_IN_FUTURE:
    case types::v1::VALID_AT_INVALID:
    case types::v1::REQUEST_ID_REUSED:
    case types::v1::RECORD_TOO_LARGE:
    case types::v1::BATCH_TOO_LARGE:
    case types::v1::BATCH_NAME_REPEATED:
    case types::v1::CITATION_MISMATCH:
    case types::v1::TEXT_MISMATCH:
    case types::v1::USAGE_INVALID:
      return absl::StatusCode::kInvalidArgument;
    case types::v1::REFERENCE_NOT_FOUND:
    case types::v1::PARENT_CYCLE:
    case types::v1::TEXT_INCOMPLETE:
    case types::v1::STORE_LOCKED:
    case types::v1::FORMAT_UNSUPPORTED:
    case types::v1::DERIVATION_STALE:
    case types::v1::WAL_TAIL_LOST:
    case types::v1::ADDRESS_TAKEN:
    case types::v1::STORE_NOT_EMPTY:
      return absl::StatusCode::kFailedPrecondition;
    case types::v1::RESOURCE_NOT_FOUND:
    case types::v1::RESOURCE_DELETED:
      return absl::StatusCode::kNotFound;
    case types::v1::RESOURCE_ALREADY_EXISTS:
    case types::v1::RESOURCE_NOT_DELETED:
      return absl::StatusCode::kAlreadyExists;
    case types::v1::ETAG_MISMATCH:
    case types::v1::IMPORT_CONFLICT:
      return absl::StatusCode::kAborted;
    case types::v1::CONSISTENCY_TOKEN_AHEAD:
      return absl::StatusCode::kOutOfRange;
    case types::v1::RESPONSE_TOO_LARGE:
    case types::v1::STORE_BUSY:
    case types::v1::IMPORT_SPILL_FULL:
      return absl::StatusCode::kResourceExhausted;
    case types::v1::STORE_UNAVAILABLE:
    case types::v1::SERVICE_UNREACHABLE:
    case types::v1::CLOCK_SKEW:
      return absl::StatusCode::kUnavailable;
    case types::v1::COMMIT_INDETERMINATE:
      return absl::StatusCode::kUnknown;
    case types::v1::STORE_CORRUPT:
      return absl::StatusCode::kDataLoss;
    case types::v1::DEADLINE_EXPIRED:
      return absl::StatusCode::kDeadlineExceeded;
    case types::v1::CALL_CANCELLED:
      return absl::StatusCode::kCancelled;
    case types::v1::METHOD_NOT_SERVED:
      return absl::StatusCode::kUnimplemented;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status Error(ErrorReason reason, absl::string_view message, Metadata metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(types::v1::ErrorReason_Name(reason));
  info.set_domain(kDomain);
  for (auto& [key, value] : metadata) (*info.mutable_metadata())[key] = std::move(value);
  absl::Status status(CodeOf(reason), message);
  SetInfo(status, info);
  return status;
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  if (const auto payload = status.GetPayload(kErrorInfoUrl); payload.has_value()) {
    info.ParseFromString(std::string(*payload));
  }
  return info;
}

bool HasReason(const absl::Status& status, ErrorReason reason) {
  return InfoOf(status).reason() == types::v1::ErrorReason_Name(reason);
}

absl::Status WithMetadata(const absl::Status& status, absl::string_view key,
                          absl::string_view value) {
  google::rpc::ErrorInfo info = InfoOf(status);
  (*info.mutable_metadata())[std::string(key)] = std::string(value);
  absl::Status changed = status;
  SetInfo(changed, info);
  return changed;
}

}  // namespace chancery::errors
