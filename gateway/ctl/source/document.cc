#include "gateway/ctl/source/document.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gateway/ctl/call/uuid.h"
#include "google/protobuf/stubs/common.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using agreements::v1::Chunk;
using agreements::v1::Segment;

constexpr int32_t kChunkCodePoints = 16'384;  // as the contract says of Chunk

bool Starts(char byte) { return (byte & 0xC0) != 0x80; }

int32_t CodePoints(absl::string_view text) {
  return static_cast<int32_t>(std::count_if(text.begin(), text.end(), Starts));
}

// "sources/x" → "x".
std::string IdOf(const std::string& source) {
  return std::string(absl::StripPrefix(source, "sources/"));
}

std::string ChunkName(const std::string& source, int32_t index) {
  return absl::StrFormat("chunks/%s-%04d", IdOf(source), index);
}

// The number of bytes that so many code points take, or all that there are.
size_t BytesOf(absl::string_view text, int32_t code_points) {
  size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    if (Starts(text[byte]) && code_points-- == 0) break;
  }
  return byte;
}

absl::Status BadLine(int number, const char* column, const std::string& value,
                     const std::string& rule) {
  return errors::Error(
      types::v1::FIELD_INVALID, absl::StrCat("line ", number, ": ", rule),
      {{"field", column}, {"value", value}, {"rule", rule}, {"line", absl::StrCat(number)}});
}

// The columns of a table by their names.
class Columns {
 public:
  explicit Columns(const std::string& heading) {
    const std::vector<std::string> names = absl::StrSplit(heading, '\t');
    for (size_t i = 0; i < names.size(); ++i) places_[names[i]] = i;
  }

  bool Has(const std::string& name) const { return places_.count(name) > 0; }
  std::string Of(const std::vector<std::string>& row, const std::string& name) const {
    const auto place = places_.find(name);
    return place == places_.end() || place->second >= row.size() ? "" : row[place->second];
  }

 private:
  std::map<std::string, size_t> places_;
};

// Counts code points up to bytes that come in any order, cheaply if they rise.
class Counter {
 public:
  explicit Counter(absl::string_view text) : text_(text) {}

  // -1 if no code point begins there.
  int32_t At(size_t byte) {
    if (byte > text_.size() || (byte < text_.size() && !Starts(text_[byte]))) return -1;
    if (byte < byte_) byte_ = code_points_ = 0;
    code_points_ += CodePoints(text_.substr(byte_, byte - byte_));
    byte_ = byte;
    return static_cast<int32_t>(code_points_);
  }

 private:
  const absl::string_view text_;
  size_t byte_ = 0;
  size_t code_points_ = 0;
};

}  // namespace

absl::StatusOr<Document> MakeDocument(std::string bytes) {
  if (!google::protobuf::internal::IsStructurallyValidUTF8(bytes.data(),
                                                           static_cast<int>(bytes.size()))) {
    return errors::Error(types::v1::TEXT_NOT_UTF8, "the document is not UTF-8",
                         {{"field", "FILE"}});
  }
  Document document;
  document.digest = absl::StrCat("sha256:", Sha256Hex(bytes));
  document.code_points = CodePoints(bytes);
  document.text = std::move(bytes);
  return document;
}

std::vector<Chunk> Cut(const Document& document, const std::string& source) {
  std::vector<Chunk> chunks;
  absl::string_view rest = document.text;
  while (!rest.empty()) {
    const auto index = static_cast<int32_t>(chunks.size());
    const size_t bytes = BytesOf(rest, kChunkCodePoints);
    Chunk& chunk = chunks.emplace_back();
    chunk.set_name(ChunkName(source, index));
    chunk.set_source(source);
    chunk.set_digest(document.digest);
    if (index > 0) chunk.set_previous(ChunkName(source, index - 1));
    chunk.set_start(index * kChunkCodePoints);
    chunk.set_start_byte(static_cast<int32_t>(document.text.size() - rest.size()));
    chunk.set_text(std::string(rest.substr(0, bytes)));
    rest.remove_prefix(bytes);
  }
  return chunks;
}

absl::StatusOr<std::vector<Segment>> ReadSegments(std::istream& in, const Document& document,
                                                  const std::string& source) {
  std::string line;
  std::getline(in, line);
  const Columns columns(line);
  for (const char* name : {"id", "start_byte", "end_byte"}) {
    if (!columns.Has(name)) {
      return BadLine(1, name, "", absl::StrCat("there is no column ", name));
    }
  }
  std::vector<Segment> segments;
  Counter counter(document.text);
  for (int number = 2; std::getline(in, line); ++number) {
    const std::vector<std::string> row = absl::StrSplit(line, '\t');
    size_t start = 0;
    size_t end = 0;
    if (!absl::SimpleAtoi(columns.Of(row, "start_byte"), &start) ||
        !absl::SimpleAtoi(columns.Of(row, "end_byte"), &end) || start >= end) {
      return BadLine(number, "end_byte", columns.Of(row, "end_byte"), "there is no span");
    }
    Segment& segment = segments.emplace_back();
    segment.set_start(counter.At(start));
    segment.set_end(counter.At(end));
    if (segment.start() < 0 || segment.end() < 0) {
      return BadLine(number, "start_byte", columns.Of(row, "start_byte"),
                     "the span is none of whole characters in the document");
    }
    const std::string text = columns.Of(row, "text");
    if (columns.Has("text") && text != document.text.substr(start, end - start)) {
      return BadLine(number, "text", text, "the document has other words there");
    }
    int32_t paragraph = 0;
    if (columns.Has("paragraph") && !absl::SimpleAtoi(columns.Of(row, "paragraph"), &paragraph)) {
      return BadLine(number, "paragraph", columns.Of(row, "paragraph"), "must be a number");
    }
    segment.set_name(
        absl::StrCat("segments/", IdOf(source), "-", absl::AsciiStrToLower(columns.Of(row, "id"))));
    segment.set_source(source);
    segment.set_digest(document.digest);
    segment.set_paragraph(paragraph);
  }
  return segments;
}

}  // namespace chancery::ctl
