#ifndef CHANCERY_SERVICES_RESOURCE_INDEX_RANGES_H_
#define CHANCERY_SERVICES_RESOURCE_INDEX_RANGES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "storage/read_view.h"
#include "storage/table_spec.h"

namespace chancery::resource {

// A range to be walked, by itself or together with others.
struct IndexRange {
  // Null: the table itself, in name order.
  const storage::IndexSpec* index = nullptr;
  storage::KeyRange range;
  // How many bytes at the beginning all keys of the range, and its `from`, have in common. What
  // follows them, up to the name, is what ranges are merged by.
  size_t prefix = 0;
};

// Walks several ranges as one, in the order of their keys without the prefixes; key() is such a
// key. All are walked in the same direction and no two have a key in common. `after`, unless it is
// empty, is the key to go on behind. Each step compares the ranges with each other, so they should
// be few.
std::unique_ptr<storage::Cursor> OpenRanges(const storage::ReadView& view,
                                            const storage::TableSpec& table,
                                            std::vector<IndexRange> ranges,
                                            const std::string& after);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_INDEX_RANGES_H_
