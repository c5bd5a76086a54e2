#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

constexpr char kEscape = '\0';
constexpr char kEscapedZero = '\xff';
constexpr char kTerminator = '\0';

template <typename Unsigned>
void AppendBigEndian(Unsigned value, std::string& key) {
  for (int shift = 8 * (sizeof(Unsigned) - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

template <typename Unsigned>
bool TakeBigEndian(absl::string_view& rest, Unsigned& value) {
  if (rest.size() < sizeof(Unsigned)) return false;
  uint64_t taken = 0;
  for (size_t i = 0; i < sizeof(Unsigned); ++i) {
    taken = (taken << 8) | static_cast<uint8_t>(rest[i]);
  }
  value = static_cast<Unsigned>(taken);
  rest.remove_prefix(sizeof(Unsigned));
  return true;
}

constexpr uint32_t kSign32 = uint32_t{1} << 31;
constexpr uint64_t kSign64 = uint64_t{1} << 63;

}  // namespace

KeyWriter& KeyWriter::U8(uint8_t value) {
  key_.push_back(static_cast<char>(value));
  return *this;
}

KeyWriter& KeyWriter::U16(uint16_t value) {
  AppendBigEndian(value, key_);
  return *this;
}

KeyWriter& KeyWriter::U32(uint32_t value) {
  AppendBigEndian(value, key_);
  return *this;
}

KeyWriter& KeyWriter::U64(uint64_t value) {
  AppendBigEndian(value, key_);
  return *this;
}

KeyWriter& KeyWriter::I32(int32_t value) { return U32(static_cast<uint32_t>(value) ^ kSign32); }

KeyWriter& KeyWriter::I64(int64_t value) { return U64(static_cast<uint64_t>(value) ^ kSign64); }

KeyWriter& KeyWriter::Text(absl::string_view text) {
  for (const char c : text) {
    key_.push_back(c);
    if (c == kEscape) key_.push_back(kEscapedZero);
  }
  key_.push_back(kEscape);
  key_.push_back(kTerminator);
  return *this;
}

KeyWriter& KeyWriter::Raw(absl::string_view bytes) {
  key_.append(bytes.data(), bytes.size());
  return *this;
}

bool KeyReader::U8(uint8_t& value) { return TakeBigEndian(rest_, value); }
bool KeyReader::U16(uint16_t& value) { return TakeBigEndian(rest_, value); }
bool KeyReader::U32(uint32_t& value) { return TakeBigEndian(rest_, value); }
bool KeyReader::U64(uint64_t& value) { return TakeBigEndian(rest_, value); }

bool KeyReader::I32(int32_t& value) {
  uint32_t bits;
  if (!U32(bits)) return false;
  value = static_cast<int32_t>(bits ^ kSign32);
  return true;
}

bool KeyReader::I64(int64_t& value) {
  uint64_t bits;
  if (!U64(bits)) return false;
  value = static_cast<int64_t>(bits ^ kSign64);
  return true;
}

bool KeyReader::Text(std::string& text) {
  text.clear();
  for (size_t i = 0; i + 1 < rest_.size(); ++i) {
    if (rest_[i] != kEscape) {
      text.push_back(rest_[i]);
    } else if (rest_[i + 1] == kTerminator) {
      rest_.remove_prefix(i + 2);
      return true;
    } else if (rest_[i + 1] == kEscapedZero) {
      text.push_back(kEscape);
      ++i;
    } else {
      return false;
    }
  }
  return false;
}

bool KeyReader::Raw(size_t count, absl::string_view& bytes) {
  if (rest_.size() < count) return false;
  bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return true;
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    if (static_cast<uint8_t>(end.back()) != 0xff) {
      ++end.back();
      return end;
    }
    end.pop_back();
  }
  return end;
}

std::string KeyAfter(absl::string_view key) {
  std::string after(key);
  after.push_back('\0');
  return after;
}

}  // namespace chancery::storage
