#ifndef CHANCERY_STORAGE_INSPECT_VERIFY_H_
#define CHANCERY_STORAGE_INSPECT_VERIFY_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace chancery::storage {

// One thing that is not as it should be.
struct Finding {
  // "files", "journal", "record", "times", "index", "high-water", "derivation".
  std::string kind;
  // A file, a seq, a table and name.
  std::string where;
  std::string what;
};

struct Verified {
  uint64_t entries = 0;
  uint64_t versions = 0;
  uint64_t index_events = 0;
  uint64_t findings = 0;
};

// Reads all of a closed store, under its lock, and changes no record. Checks every block and file
// against its checksums; the whole chain of the journal; every version against the digest in the
// journal and that there are no others; the times of commits; that the history of every index is
// what a fresh derivation of the records gives; the high-water mark. Calls `report` for each
// finding.
//
// An error means that the store could not be looked at: it is locked, or does not open at all.
absl::StatusOr<Verified> VerifyStore(const StoreOptions& options,
                                     const std::function<void(const Finding&)>& report);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_INSPECT_VERIFY_H_
