#ifndef CHANCERY_GATEWAY_CTL_CALL_UUID_H_
#define CHANCERY_GATEWAY_CTL_CALL_UUID_H_

#include <string>

#include "absl/strings/string_view.h"

// Request ids: under one id a write is done once, however often it is sent.

namespace chancery::ctl {

// SHA-256, in 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

// A UUID made of the digest of `bytes`, shaped like version 4: the same bytes, the same id.
std::string UuidOf(absl::string_view bytes);

// A random one.
std::string NewUuid();

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CALL_UUID_H_
