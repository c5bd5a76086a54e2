#include "gateway/ctl/exit_code.h"

#include "proto/errors/error.h"

namespace chancery::ctl {

const std::vector<ExitRow>& ExitTable() {
  static const auto& rows = *new std::vector<ExitRow>{
      {Exit::kDone, "DONE", "done, or the answer is yes"},
      {Exit::kNone, "NONE", "nothing is recorded that answers the question"},
      {Exit::kUsage, "USAGE", "the command line is wrong; nothing was sent"},
      {Exit::kRefused, "REFUSED", "the register refused: wrong value, no such record, not allowed"},
      {Exit::kUnreachable, "UNREACHABLE", "no register, not ready, or no answer in time"},
      {Exit::kPartial, "PARTIAL", "an answer that lacks what could not be reached"},
      {Exit::kConflict, "CONFLICT", "the record exists already, or changed since it was read"},
      {Exit::kFault, "FAULT", "a fault; whether a write was done is not known"},
  };
  return rows;
}

Exit ExitOf(const absl::Status& status) {
  if (errors::HasReason(status, types::v1::USAGE_INVALID)) return Exit::kUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return Exit::kDone;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return Exit::kUnreachable;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return Exit::kConflict;
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return Exit::kFault;
    default:
      return Exit::kRefused;
  }
}

}  // namespace chancery::ctl
