#include "proto/errors/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include "proto/errors/error.h"

namespace chancery::errors {
namespace {

// Details of other types are for logs only.
constexpr absl::string_view kPublicDetails = "type.googleapis.com/google.rpc.";

// Failures of the transport have no details; these are ours for them.
absl::Status TransportError(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Error(types::v1::DEADLINE_EXPIRED, "no answer before the deadline");
    case grpc::StatusCode::UNAVAILABLE:
      return Error(types::v1::SERVICE_UNREACHABLE, "the service can not be reached");
    case grpc::StatusCode::CANCELLED:
      return Error(types::v1::CALL_CANCELLED, "the call was cancelled");
    case grpc::StatusCode::UNIMPLEMENTED:
      return Error(types::v1::METHOD_NOT_SERVED, "the server does not have this method");
    default:
      // What gRPC itself refuses (its message limit, say) keeps its code and words.
      return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                          status.error_message());
  }
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status details;
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
    if (!absl::StartsWith(url, kPublicDetails)) return;
    google::protobuf::Any* any = details.add_details();
    any->set_type_url(std::string(url));
    any->set_value(std::string(value));
  });
  if (details.details().empty()) {
    return ToGrpc(
        Error(types::v1::INTERNAL_FAULT, "a fault of the server; its log has the details"));
  }
  details.set_code(status.raw_code());
  details.set_message(std::string(status.message()));
  return grpc::Status(static_cast<grpc::StatusCode>(status.raw_code()), details.message(),
                      details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details())) {
    return TransportError(status);
  }
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  for (const google::protobuf::Any& any : details.details()) {
    result.SetPayload(any.type_url(), absl::Cord(any.value()));
  }
  return result;
}

}  // namespace chancery::errors
