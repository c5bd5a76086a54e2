#include <algorithm>
#include <utility>

#include "storage/database.h"
#include "storage/engine_status.h"

namespace chancery::storage {
namespace {

// What the engine appends to a key that it shows with all versions: the timestamp, then its own
// type (one byte) and sequence number.
constexpr size_t kInternalSuffix = 16;
constexpr size_t kTypeFromEnd = 8;
constexpr char kTypeValue = 1;

absl::string_view AsView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

EngineIterator::EngineIterator(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family, Range range,
                               std::optional<uint64_t> seq, bool all_versions)
    : range_(std::move(range)),
      all_versions_(all_versions),
      timestamp_(EncodeTimestamp(seq.value_or(0))),
      oldest_(EncodeTimestamp(0)),
      timestamp_slice_(timestamp_),
      oldest_slice_(oldest_),
      from_slice_(range_.from),
      to_slice_(range_.to) {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  options.total_order_seek = true;
  options.iterate_lower_bound = &from_slice_;
  if (!range_.to.empty()) options.iterate_upper_bound = &to_slice_;
  if (seq.has_value()) options.timestamp = &timestamp_slice_;
  if (all_versions_) options.iter_start_ts = &oldest_slice_;
  iterator_.reset(db->NewIterator(options, family));
}

absl::string_view EngineIterator::key() const {
  absl::string_view key = AsView(iterator_->key());
  if (all_versions_) key.remove_suffix(std::min(kInternalSuffix, key.size()));
  return key;
}

absl::string_view EngineIterator::value() const { return AsView(iterator_->value()); }

uint64_t EngineIterator::seq() const { return DecodeTimestamp(AsView(iterator_->timestamp())); }

bool EngineIterator::deletion() const {
  const rocksdb::Slice key = iterator_->key();
  return all_versions_ && key.size() >= kInternalSuffix &&
         key[key.size() - kTypeFromEnd] != kTypeValue;
}

absl::Status EngineIterator::status() const {
  return FromEngine(iterator_->status(), "reading a range");
}

}  // namespace chancery::storage
