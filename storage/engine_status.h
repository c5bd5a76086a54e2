#ifndef CHANCERY_STORAGE_ENGINE_STATUS_H_
#define CHANCERY_STORAGE_ENGINE_STATUS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/status.h"

// The one place where failures of the storage engine become errors of Chancery. The engine's own
// words never reach a client: they stay in a payload of the status that only logs read.

namespace chancery::storage {

// OK for OK. Wrong bytes are DATA_LOSS (STORE_CORRUPT), everything else UNAVAILABLE
// (STORE_UNAVAILABLE). `doing` completes "the store failed while …".
absl::Status FromEngine(const rocksdb::Status& status, absl::string_view doing);

// DATA_LOSS (STORE_CORRUPT): stored bytes that are not what was written. `what` names them for
// people; it is shown to clients, so it quotes no record.
absl::Status CorruptError(absl::string_view what);

// The engine's words behind an error made by FromEngine, for logs; empty if there are none.
std::string EngineDetail(const absl::Status& status);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_ENGINE_STATUS_H_
