#ifndef CHANCERY_STORAGE_KEY_FILE_H_
#define CHANCERY_STORAGE_KEY_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace chancery::storage {

// The bytes of the key file at `path`. If there is none it is created, readable by its owner alone,
// with `size` random bytes; of several processes that try at once all get the same key.
// INVALID_ARGUMENT (USAGE_INVALID) if it has another size or can not be read.
absl::StatusOr<std::string> ReadOrCreateKeyFile(const std::string& path, size_t size);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_KEY_FILE_H_
