#ifndef CHANCERY_SERVICES_SERVING_ADDRESS_H_
#define CHANCERY_SERVICES_SERVING_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Addresses to listen on, "host:port" or "[v6 host]:port", and why one can not be had.

namespace chancery::serving {

// `address` with another port.
std::string WithPort(absl::string_view address, int port);

// Whether `address` reaches this machine only (127.0.0.0/8, [::1], localhost).
bool IsLoopback(absl::string_view address);

// USAGE_INVALID if `address` can be reached from other machines: there is no authentication yet, so
// that needs an explicit `insecure`.
absl::Status CheckExposure(absl::string_view address, bool insecure);

// Tries to bind `address` and lets it go again. ADDRESS_TAKEN if it can not be had, at once and
// with the holder where that can be read.
absl::Status CheckFree(const std::string& address);

// The error for an address that can not be had. Metadata: address, holder ("pid 1234 (nginx)" or
// "unknown").
absl::Status AddressTaken(const std::string& address);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_ADDRESS_H_
