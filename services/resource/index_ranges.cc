#include "services/resource/index_ranges.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"

namespace chancery::resource {
namespace {

using storage::Cursor;
using storage::KeyRange;

// Leaves of the range what comes behind `key`; false if that is nothing.
bool GoOnAfter(const std::string& key, KeyRange& range) {
  if (range.reverse) {
    if (range.to.empty() || key < range.to) range.to = key;
  } else {
    range.from = std::max(range.from, storage::KeyAfter(key));
  }
  return range.to.empty() || range.from < range.to;
}

class MergedCursor : public Cursor {
 public:
  struct Part {
    std::unique_ptr<Cursor> cursor;
    size_t prefix;
  };

  MergedCursor(std::vector<Part> parts, bool reverse)
      : parts_(std::move(parts)), reverse_(reverse) {
    Choose();
  }

  bool Valid() const override { return next_ != nullptr; }
  void Next() override {
    next_->cursor->Next();
    Choose();
  }
  absl::Status status() const override { return status_; }
  absl::string_view key() const override { return KeyOf(*next_); }
  absl::string_view name() const override { return next_->cursor->name(); }

 private:
  static absl::string_view KeyOf(const Part& part) {
    return part.cursor->key().substr(part.prefix);
  }

  bool ComesBefore(const Part& a, const Part& b) const {
    return reverse_ ? KeyOf(b) < KeyOf(a) : KeyOf(a) < KeyOf(b);
  }

  // A part that fails ends all: what it would have had is missing.
  void Choose() {
    next_ = nullptr;
    for (const Part& part : parts_) {
      if (!part.cursor->Valid()) {
        status_.Update(part.cursor->status());
      } else if (next_ == nullptr || ComesBefore(part, *next_)) {
        next_ = &part;
      }
    }
    if (!status_.ok()) next_ = nullptr;
  }

  const std::vector<Part> parts_;
  const bool reverse_;
  const Part* next_ = nullptr;
  absl::Status status_;
};

}  // namespace

std::unique_ptr<Cursor> OpenRanges(const storage::ReadView& view, const storage::TableSpec& table,
                                   std::vector<IndexRange> ranges, const std::string& after) {
  std::vector<MergedCursor::Part> parts;
  bool reverse = false;
  for (IndexRange& one : ranges) {
    reverse = one.range.reverse;
    const std::string key = absl::StrCat(one.range.from.substr(0, one.prefix), after);
    if (!after.empty() && !GoOnAfter(key, one.range)) continue;
    parts.push_back({one.index == nullptr ? view.Scan(table, one.range)
                                          : view.ScanIndex(table, *one.index, one.range),
                     one.prefix});
  }
  if (parts.size() == 1 && parts.front().prefix == 0) return std::move(parts.front().cursor);
  return std::make_unique<MergedCursor>(std::move(parts), reverse);
}

}  // namespace chancery::resource
