#include "storage/index_entries.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/engine_status.h"

namespace chancery::storage {

IndexEntries EntriesOf(const TableSpec& table, const google::protobuf::Message& record) {
  IndexEntries entries;
  IndexKeys keys;
  for (const IndexSpec& index : table.indexes) {
    keys.clear();
    index.emit(record, keys);
    for (std::string& key : keys) entries.push_back({index.id, std::move(key)});
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

absl::StatusOr<IndexEntries> EntriesOf(const TableSpec& table, const RecordView& version) {
  if (version.header.deleted()) return IndexEntries();
  const std::unique_ptr<google::protobuf::Message> record(table.prototype->New());
  const absl::string_view payload = version.payload;
  if (!record->ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return CorruptError(absl::StrCat("a record of ", table.name));
  }
  return EntriesOf(table, *record);
}

IndexDiff DiffEntries(const IndexEntries& before, const IndexEntries& after) {
  IndexDiff diff;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(diff.removed));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(diff.added));
  return diff;
}

}  // namespace chancery::storage
