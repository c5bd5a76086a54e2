#ifndef CHANCERY_GATEWAY_RPC_TOKENS_H_
#define CHANCERY_GATEWAY_RPC_TOKENS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "chancery/gateway/v1/token.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"

// The gateway's tokens as text: messages in URL-safe base64 with a checksum. The gateway has no key
// and needs none: what must not be forged inside is sealed by the services (docs/adr/0006).

namespace chancery::gateway::rpc {

std::string Encode(v1::RegisterToken token);
// CONSISTENCY_TOKEN_INVALID if it was not made by a gateway or was damaged.
absl::StatusOr<v1::RegisterToken> DecodeToken(absl::string_view text);

// `request` is the list's request; its page token and page size do not matter.
std::string Encode(v1::RegisterPageToken token, const google::protobuf::Message& request);
// PAGE_TOKEN_INVALID if it was not made by a gateway for such a request or was damaged.
absl::StatusOr<v1::RegisterPageToken> DecodePageToken(absl::string_view text,
                                                      const google::protobuf::Message& request);

// Deterministic: equal messages give equal digests. Lower-case hexadecimal.
std::string Sha256Hex(absl::string_view bytes);

// Microseconds are what the record counts in.
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& time);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_TOKENS_H_
