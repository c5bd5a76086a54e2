#ifndef CHANCERY_SERVICES_SERVING_READY_FILE_H_
#define CHANCERY_SERVICES_SERVING_READY_FILE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace chancery::serving {

// Writes a JSON object of names and addresses, {"grpc":"127.0.0.1:41234"}, so that it appears at
// once and whole (write, rename): whoever waits for the file may connect. No path, no file.
absl::Status WriteReadyFile(const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& addresses);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_READY_FILE_H_
