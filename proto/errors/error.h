#ifndef CHANCERY_PROTO_ERRORS_ERROR_H_
#define CHANCERY_PROTO_ERRORS_ERROR_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"

// The one way to make an error that may reach a client (AIP-193): a sentence for a person, a reason
// and metadata for a program. Each reason has exactly one status code, so a reason is all that a
// caller chooses.

namespace chancery::errors {

// The `domain` of every ErrorInfo.
inline constexpr char kDomain[] = "chancery.dev";

using Metadata = std::vector<std::pair<std::string, std::string>>;

// A status that carries one google.rpc.ErrorInfo. Every variable part of `message` belongs into
// `metadata` too; keys are lower_snake_case. `field` names the field at fault by its path.
absl::Status Error(types::v1::ErrorReason reason, absl::string_view message,
                   Metadata metadata = {});

// The code that errors of this reason have.
absl::StatusCode CodeOf(types::v1::ErrorReason reason);

// The ErrorInfo inside, or one with reason UNSPECIFIED if the status did not come from Error().
google::rpc::ErrorInfo InfoOf(const absl::Status& status);

// Whether the status carries this reason.
bool HasReason(const absl::Status& status, types::v1::ErrorReason reason);

// The same error with one metadata entry added or replaced, e.g. the index of a batch's member.
absl::Status WithMetadata(const absl::Status& status, absl::string_view key,
                          absl::string_view value);

}  // namespace chancery::errors

#endif  // CHANCERY_PROTO_ERRORS_ERROR_H_
