#ifndef CHANCERY_STORAGE_INSPECT_VERIFY_INDEXES_H_
#define CHANCERY_STORAGE_INSPECT_VERIFY_INDEXES_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "storage/database.h"
#include "storage/inspect/verify.h"
#include "storage/table_spec.h"

namespace chancery::storage {

// Compares everything that ever entered or left an index, up to `seq`, with what the versions of
// the records say should have. Counts the events seen in the indexes into `events`.
absl::Status VerifyIndexes(const Database& database, const std::vector<const TableSpec*>& tables,
                           uint64_t seq, uint64_t& events,
                           const std::function<void(Finding)>& report);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_INSPECT_VERIFY_INDEXES_H_
