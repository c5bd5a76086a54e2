#ifndef CHANCERY_PROTO_ERRORS_GRPC_STATUS_H_
#define CHANCERY_PROTO_ERRORS_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

// The one place where failures change language between Abseil and gRPC.

namespace chancery::errors {

// Code, message, and a google.rpc.Status with the details of google.rpc types in the binary
// trailer; payloads of other types are for logs and stay here. A status that has no ErrorInfo is an
// internal fault: the client gets INTERNAL with the reason INTERNAL_FAULT and none of its words.
grpc::Status ToGrpc(const absl::Status& status);

// The inverse, for clients. A failure that gRPC itself made (a deadline, a lost connection) has no
// details and gets an ErrorInfo of ours: DEADLINE_EXPIRED, SERVICE_UNREACHABLE, CALL_CANCELLED.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace chancery::errors

#endif  // CHANCERY_PROTO_ERRORS_GRPC_STATUS_H_
