#ifndef CHANCERY_STORAGE_INDEX_ENTRIES_H_
#define CHANCERY_STORAGE_INDEX_ENTRIES_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "storage/record.h"
#include "storage/table_spec.h"

// What a record's versions mean for its indexes. Pure.

namespace chancery::storage {

struct IndexEntry {
  uint16_t index = 0;
  // The key as `emit` made it, without the record's name.
  std::string emitted;

  friend bool operator==(const IndexEntry& a, const IndexEntry& b) {
    return a.index == b.index && a.emitted == b.emitted;
  }
  friend bool operator<(const IndexEntry& a, const IndexEntry& b) {
    return std::tie(a.index, a.emitted) < std::tie(b.index, b.emitted);
  }
};

// Sorted, without duplicates.
using IndexEntries = std::vector<IndexEntry>;

// All entries of a live record.
IndexEntries EntriesOf(const TableSpec& table, const google::protobuf::Message& record);
// The same for a stored version; none if it is deleted. DATA_LOSS (STORE_CORRUPT) if its payload
// is not of the table's type.
absl::StatusOr<IndexEntries> EntriesOf(const TableSpec& table, const RecordView& version);

// The least that turns the entries of one version into those of the next.
struct IndexDiff {
  IndexEntries removed;
  IndexEntries added;
};
IndexDiff DiffEntries(const IndexEntries& before, const IndexEntries& after);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_INDEX_ENTRIES_H_
