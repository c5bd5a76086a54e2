#ifndef CHANCERY_SERVICES_SERVING_ADDRESS_H_
#define CHANCERY_SERVICES_SERVING_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Addresses to listen on, "host:port" or "[v6 host]:port", and why one can not be had.

namespace chancery::serving {

inline constexpr int kMaxPort = 65535;

// `address` with another port.
std::string WithPort(absl::string_view address, int port);

// USAGE_INVALID if `address` is none, or if it can be reached from other machines: all that its
// host stands for has to be loopback, since there is no authentication yet, or `insecure` be said.
absl::Status CheckExposure(absl::string_view address, bool insecure);

// Tries to bind `address` and lets it go again. ADDRESS_TAKEN, at once and with the holder where
// that can be read, if somebody has it; USAGE_INVALID saying why if this machine can not have it,
// or has it and nobody could reach it there.
absl::Status CheckFree(const std::string& address);

// The error for an address that somebody has. Metadata: address, holder ("pid 1234 (nginx)" or
// "unknown").
absl::Status AddressTaken(const std::string& address);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_ADDRESS_H_
