#ifndef CHANCERY_STORAGE_RANGE_CURSOR_H_
#define CHANCERY_STORAGE_RANGE_CURSOR_H_

#include <cstdint>
#include <memory>

#include "storage/database.h"
#include "storage/read_view.h"

namespace chancery::storage {

// The cursors of ReadView. They stop with DATA_LOSS (STORE_CORRUPT) at bytes that are wrong: an
// answer is whole or an error.
std::unique_ptr<Cursor> NewTableCursor(const Database& database, uint16_t table,
                                       const KeyRange& range, uint64_t seq);
std::unique_ptr<Cursor> NewIndexCursor(const Database& database, uint16_t table, uint16_t index,
                                       const KeyRange& range, uint64_t seq);

// The engine's range for a caller's range within everything that starts with `prefix`.
EngineIterator::Range Within(const std::string& prefix, const KeyRange& range);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_RANGE_CURSOR_H_
