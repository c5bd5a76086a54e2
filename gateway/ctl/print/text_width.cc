#include "gateway/ctl/print/text_width.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace chancery::ctl {
namespace {

// A character with what is put on top of it.
struct Cluster {
  absl::string_view text;
  int width;
  bool is_space;
  bool is_joint;  // "/" and "-", behind which a word is broken rather than anywhere
};

int WidthOf(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  switch (u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
      return 2;
    default:
      return 1;
  }
}

std::vector<Cluster> ClustersOf(absl::string_view text) {
  std::vector<Cluster> clusters;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < length;) {
    const int32_t start = at;
    UChar32 character = 0;
    U8_NEXT(bytes, at, length, character);
    const int width = character < 0 ? 1 : WidthOf(character);
    if (width == 0 && !clusters.empty()) {
      Cluster& last = clusters.back();
      last.text = absl::string_view(last.text.data(), last.text.size() + (at - start));
      continue;
    }
    clusters.push_back({text.substr(start, at - start), width, character == ' ',
                        character == '/' || character == '-'});
  }
  return clusters;
}

// Collects clusters into lines; knows the last place where the open line may end.
class Wrapper {
 public:
  explicit Wrapper(int width) : width_(std::max(width, 2)) {}

  void Add(const Cluster& cluster) {
    const bool after_wide = !line_.empty() && line_.back().width == 2;
    if ((cluster.width == 2 || after_wide) && !cluster.is_space) break_ = line_.size();
    if (used_ + cluster.width > width_ && !cluster.is_space) Break();
    line_.push_back(cluster);
    used_ += cluster.width;
    if (cluster.is_space) break_ = line_.size();
    if (cluster.is_joint) joint_ = line_.size();
  }

  std::vector<std::string> Finish() {
    EndLine(line_.size());
    return std::move(lines_);
  }

 private:
  void Break() {
    const size_t in_word = joint_ > 0 ? joint_ : line_.size();
    const size_t end = break_ > 0 ? break_ : in_word;
    EndLine(end);
    line_.erase(line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(end));
    used_ = 0;
    for (const Cluster& cluster : line_) used_ += cluster.width;
    break_ = 0;
    joint_ = 0;
  }

  void EndLine(size_t end) {
    while (end > 0 && line_[end - 1].is_space) --end;
    std::string text;
    for (size_t i = 0; i < end; ++i) absl::StrAppend(&text, line_[i].text);
    lines_.push_back(std::move(text));
  }

  const int width_;
  int used_ = 0;
  size_t break_ = 0;
  size_t joint_ = 0;
  std::vector<Cluster> line_;
  std::vector<std::string> lines_;
};

}  // namespace

int DisplayWidth(absl::string_view text) {
  int width = 0;
  for (const Cluster& cluster : ClustersOf(text)) width += cluster.width;
  return width;
}

std::vector<std::string> WrapText(absl::string_view text, int width) {
  Wrapper wrapper(width);
  for (const Cluster& cluster : ClustersOf(text)) wrapper.Add(cluster);
  return wrapper.Finish();
}

std::string PadText(absl::string_view text, int width) {
  return absl::StrCat(text, std::string(std::max(0, width - DisplayWidth(text)), ' '));
}

std::string OneLine(absl::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      line += "\\n";
    } else if (c == '\t') {
      line += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(&line, "\\x%02x", byte);
    } else {
      line += c;
    }
  }
  return line;
}

}  // namespace chancery::ctl
