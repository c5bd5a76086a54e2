#ifndef CHANCERY_SERVICES_SERVING_LOG_H_
#define CHANCERY_SERVICES_SERVING_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Logs: one JSON object per line on stderr, {"timestamp", "severity", "body", …}. Messages'
// contents are never logged.

namespace chancery::serving {

enum class Severity { kInfo, kWarning, kError };

// Thread-safe; does not wait for the disk.
void Log(Severity severity, absl::string_view body,
         const std::vector<std::pair<std::string, std::string>>& attributes = {});

// What a client is not told of a fault of the server's: the status as it was, details included.
// Says nothing about errors that are the client's.
void LogFault(absl::string_view method, const absl::Status& status);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_LOG_H_
