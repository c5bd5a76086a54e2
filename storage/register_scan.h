#ifndef CHANCERY_STORAGE_REGISTER_SCAN_H_
#define CHANCERY_STORAGE_REGISTER_SCAN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/table_spec.h"

// Questions about a store as a whole, answered by reading all of it.

namespace chancery::storage {

// The newest commit with a time <= `commit_time`, 0 if there is none.
absl::StatusOr<uint64_t> SeqAtTime(const Database& database, int64_t commit_time);

// Records of a table that are not deleted, as of `seq`.
absl::StatusOr<uint64_t> CountLive(const Database& database, const TableSpec& table, uint64_t seq);

// Store::Digest.
absl::StatusOr<std::string> RegisterDigest(const Database& database, uint64_t seq);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_REGISTER_SCAN_H_
