#include "storage/range_cursor.h"

#include <string>
#include <utility>

#include "storage/engine_status.h"
#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

class RangeCursor final : public Cursor {
 public:
  RangeCursor(std::unique_ptr<EngineIterator> iterator, Family family, bool reverse)
      : iterator_(std::move(iterator)), family_(family), reverse_(reverse) {
    reverse_ ? (**iterator_).SeekToLast() : (**iterator_).SeekToFirst();
    Settle();
  }

  bool Valid() const override { return status_.ok() && (*iterator_)->Valid(); }

  void Next() override {
    reverse_ ? (*iterator_)->Prev() : (*iterator_)->Next();
    Settle();
  }

  absl::Status status() const override { return status_; }
  absl::string_view key() const override { return key_; }
  absl::string_view name() const override { return name_; }

 private:
  void Settle() {
    if (!(*iterator_)->Valid()) {
      status_ = iterator_->status();
      return;
    }
    uint16_t table, index;
    bool whole;
    if (family_ == Family::kRecords) {
      whole =
          ParseRecordKey(iterator_->key(), table, name_) && DecodeRecord(iterator_->value()).ok();
      key_ = name_;
    } else {
      whole = ParseIndexKey(iterator_->key(), table, index, key_, name_);
    }
    if (!whole) status_ = CorruptError("an entry met while scanning");
  }

  const std::unique_ptr<EngineIterator> iterator_;
  const Family family_;
  const bool reverse_;
  absl::Status status_;
  // Into the iterator's current key.
  absl::string_view key_;
  absl::string_view name_;
};

}  // namespace

EngineIterator::Range Within(const std::string& prefix, const KeyRange& range) {
  return {KeyWriter().Raw(prefix).Raw(range.from).key(),
          range.to.empty() ? PrefixEnd(prefix) : KeyWriter().Raw(prefix).Raw(range.to).key()};
}

std::unique_ptr<Cursor> NewTableCursor(const Database& database, uint16_t table,
                                       const KeyRange& range, uint64_t seq) {
  return std::make_unique<RangeCursor>(
      database.IterateAt(Family::kRecords, Within(TablePrefix(table), range), seq),
      Family::kRecords, range.reverse);
}

std::unique_ptr<Cursor> NewIndexCursor(const Database& database, uint16_t table, uint16_t index,
                                       const KeyRange& range, uint64_t seq) {
  return std::make_unique<RangeCursor>(
      database.IterateAt(Family::kIndex, Within(IndexPrefix(table, index), range), seq),
      Family::kIndex, range.reverse);
}

}  // namespace chancery::storage
