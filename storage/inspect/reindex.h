#ifndef CHANCERY_STORAGE_INSPECT_REINDEX_H_
#define CHANCERY_STORAGE_INSPECT_REINDEX_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "storage/store.h"

namespace chancery::storage {

// Builds everything derived in a closed store anew, as it would be had `options.tables` always been
// derived as they are now: the indexes and the times of commits, from the journal, in the order of
// its entries, each version at the seq that wrote it. Reads at every past moment use the new ones.
//
// If it is interrupted the store refuses to open (DERIVATION_STALE) until a rebuild has finished.
// Errors as Store::Open has them, and INVALID_ARGUMENT (USAGE_INVALID) if the store holds a table
// that is not among `options.tables`. `progress` (may be null) gets the entries done and to do.
absl::Status Reindex(const StoreOptions& options,
                     const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_INSPECT_REINDEX_H_
