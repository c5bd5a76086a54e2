#ifndef CHANCERY_STORAGE_KEY_CODEC_H_
#define CHANCERY_STORAGE_KEY_CODEC_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

// Order-preserving keys: comparing two keys byte by byte compares their components one by one.
// The only place in Chancery where bytes of a key are put together; docs/storage-format.md has the
// encodings.

namespace chancery::storage {

// Builds a key from typed components. Text is escaped (0x00 becomes 0x00 0xFF) and terminated
// (0x00 0x00), so "a" sorts before "ab" and components never run into each other.
class KeyWriter {
 public:
  KeyWriter& U8(uint8_t value);
  KeyWriter& U16(uint16_t value);
  KeyWriter& U32(uint32_t value);
  KeyWriter& U64(uint64_t value);
  // Negative values sort before positive ones.
  KeyWriter& I32(int32_t value);
  KeyWriter& I64(int64_t value);
  KeyWriter& Text(absl::string_view text);
  // Unescaped and unterminated: only as the last component, or of a fixed length.
  KeyWriter& Raw(absl::string_view bytes);

  const std::string& key() const& { return key_; }
  std::string key() && { return std::move(key_); }

 private:
  std::string key_;
};

// Takes a key apart again. Each method returns false, and leaves the reader failed, when the bytes
// are not what KeyWriter writes.
class KeyReader {
 public:
  explicit KeyReader(absl::string_view key) : rest_(key) {}

  bool U8(uint8_t& value);
  bool U16(uint16_t& value);
  bool U32(uint32_t& value);
  bool U64(uint64_t& value);
  bool I32(int32_t& value);
  bool I64(int64_t& value);
  bool Text(std::string& text);
  // Exactly `count` bytes as Raw wrote them. Points into the key.
  bool Raw(size_t count, absl::string_view& bytes);
  // All that is left.
  absl::string_view Rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

// The smallest key greater than every key that starts with `prefix`; empty if there is none.
std::string PrefixEnd(absl::string_view prefix);

// The smallest key greater than `key` itself: where a range goes on after it.
std::string KeyAfter(absl::string_view key);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_KEY_CODEC_H_
