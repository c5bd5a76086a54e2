#include "tests/deploy/allinone/copied_text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/deploy/allinone/document.h"

namespace chancery::record {
namespace {

namespace fs = std::filesystem;

std::u32string OneSpace(const std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    const bool space = c == U' ' || (c >= U'\t' && c <= U'\r');
    if (!space) {
      out.push_back(c);
    } else if (out.empty() || out.back() != U' ') {
      out.push_back(U' ');
    }
  }
  return out;
}

bool PassedOver(const fs::directory_entry& folder) {
  const std::string name = folder.path().filename().string();
  return folder.is_symlink() || name[0] == '.' || name == "build" || name == "node_modules" ||
         name == "third_party";
}

std::u32string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return CodePoints(bytes.str());
}

bool IsPartOfAny(const std::vector<std::u32string>& texts, std::u32string_view part) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::u32string& text) {
    return text.find(part) != std::u32string::npos;
  });
}

}  // namespace

CopiedText::CopiedText(const std::u32string& document, std::vector<std::u32string> exempt,
                       size_t longest)
    : window_(longest + 1), exempt_(std::move(exempt)) {
  Index(document, as_it_stands_);
  Index(OneSpace(document), spaced_);
}

void CopiedText::Index(std::u32string document, Form& form) const {
  form.document = std::move(document);
  const std::u32string_view text = form.document;
  for (size_t i = 0; i + window_ <= text.size(); ++i) form.windows.insert(text.substr(i, window_));
}

void CopiedText::Scan(const Form& form, std::u32string_view text,
                      std::vector<std::u32string>& runs) const {
  const auto hit = [&](size_t at) {
    return at + window_ <= text.size() && form.windows.contains(text.substr(at, window_));
  };
  for (size_t begin = 0; begin + window_ <= text.size(); ++begin) {
    if (!hit(begin)) continue;
    size_t last = begin;
    while (hit(last + 1)) ++last;
    std::u32string run = OneSpace(std::u32string(text.substr(begin, last - begin + window_)));
    if (!IsPartOfAny(exempt_, run) && !IsPartOfAny(runs, run)) runs.push_back(std::move(run));
    begin = last;
  }
}

std::vector<std::u32string> CopiedText::RunsIn(const std::u32string& text) const {
  std::vector<std::u32string> runs;
  Scan(spaced_, OneSpace(text), runs);
  Scan(as_it_stands_, text, runs);
  return runs;
}

std::vector<std::string> CopiedText::RunsUnder(const std::string& root) const {
  std::vector<std::string> found;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && PassedOver(*entry)) entry.disable_recursion_pending();
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    for (const std::u32string& run : RunsIn(ReadText(entry->path()))) {
      found.push_back(absl::StrCat(fs::relative(entry->path(), root).string(), ": ", Utf8(run)));
    }
  }
  return found;
}

}  // namespace chancery::record
