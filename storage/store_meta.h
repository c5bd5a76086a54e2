#ifndef CHANCERY_STORAGE_STORE_META_H_
#define CHANCERY_STORAGE_STORE_META_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/table_spec.h"

// What a store knows of its own form: the format, and under what its indexes were derived.

namespace chancery::storage {

// FAILED_PRECONDITION (FORMAT_UNSUPPORTED) for a format newer than kFormatVersion; a store without
// one is new.
absl::Status CheckFormat(const Database& database);

// Writes the format of a new store and the derivation versions of tables that are new in it.
absl::Status AddTables(Database& database, const std::vector<const TableSpec*>& tables,
                       const std::string& unicode_version);

// Compares what the tables' indexes were derived under with what derives them now.
// FAILED_PRECONDITION (DERIVATION_STALE) on a difference, or while a rebuild is unfinished.
absl::Status CheckDerivations(const Database& database, const std::vector<const TableSpec*>& tables,
                              const std::string& unicode_version);

// From a rebuild's first write to its last the store refuses to open.
absl::Status BeginReindexing(Database& database);
absl::Status EndReindexing(Database& database, const std::vector<const TableSpec*>& tables,
                           const std::string& unicode_version, uint64_t complete_from);

// From which seq on each index, by (table, index), answers for everything.
using CompleteFrom = std::map<std::pair<uint16_t, uint16_t>, uint64_t>;
absl::StatusOr<CompleteFrom> ReadCompleteFrom(const Database& database,
                                              const std::vector<const TableSpec*>& tables);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_STORE_META_H_
