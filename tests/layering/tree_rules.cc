#include "tests/layering/tree_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

namespace chancery::layering {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFileBytes = 1 << 20;

// A folder and what it may include besides itself. A folder stands for all below it that have no
// row of their own. `chancery` and `google` are generated from the protos.
struct Arrow {
  std::string_view from;
  std::vector<std::string_view> to;
};

const std::vector<Arrow>& Arrows() {
  static const auto& arrows = *new std::vector<Arrow>{
      {"proto/errors", {"chancery/types", "google"}},
      {"storage", {"proto/errors", "chancery/types"}},
      {"services/chronology", {}},
      {"services/serving", {"proto/errors", "chancery", "google"}},
      {"services/resource",
       {"storage", "proto/errors", "services/serving", "services/chronology", "chancery",
        "google"}},
      {"services/people",
       {"services/resource", "services/serving", "services/chronology", "storage", "proto/errors",
        "chancery/people", "chancery/types", "google"}},
      {"services/events",
       {"services/resource", "services/serving", "services/chronology", "storage", "proto/errors",
        "chancery/events", "chancery/types", "google"}},
      {"services/agreements",
       {"services/resource", "services/serving", "services/chronology", "storage", "proto/errors",
        "chancery/agreements", "chancery/types", "google"}},
      {"gateway",
       {"services/serving", "services/chronology", "proto/errors", "chancery", "google"}},
      {"deploy", {""}},
      {"tests", {""}},
  };
  return arrows;
}

// Libraries that only some folders may touch.
const std::vector<Arrow>& LibraryHomes() {
  static const auto& homes = *new std::vector<Arrow>{
      {"rocksdb", {"storage", "deploy", "tests"}},
      {"grpcpp", {"proto/errors", "services", "gateway", "deploy", "tests"}},
      {"CLI", {"services", "storage/inspect", "gateway", "deploy", "tests"}},
  };
  return homes;
}

constexpr std::array<std::string_view, 8> kTopFolders = {
    "proto", "services", "storage", "gateway", "deploy", "tests", "chancery", "google"};
constexpr std::array<std::string_view, 7> kForbiddenFolders = {"common", "utils", "util", "helpers",
                                                               "helper", "base",  "core"};
constexpr std::array<std::string_view, 3> kForbiddenSuffixes = {"Manager", "Helper", "Processor"};
constexpr std::array<std::string_view, 4> kForbiddenFiles = {"manager", "helper", "processor",
                                                             "types"};

// Whether `path` is `folder` or lies below it; the empty folder is the root.
bool IsUnder(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/'));
}

bool IsUnderAny(std::string_view path, const std::vector<std::string_view>& folders) {
  return std::ranges::any_of(folders, [&](std::string_view f) { return IsUnder(path, f); });
}

template <typename Range>
bool Contains(const Range& range, std::string_view value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  return text;
}

std::string_view FirstFolder(std::string_view path) { return path.substr(0, path.find('/')); }

// "storage/store.h" out of `#include "storage/store.h"` or `#include <storage/store.h>`.
std::optional<std::string_view> IncludedPath(std::string_view line) {
  line = Trim(line);
  if (!line.starts_with('#')) return std::nullopt;
  line = Trim(line.substr(1));
  if (!line.starts_with("include")) return std::nullopt;
  const size_t start = line.find_first_of("\"<");
  if (start == line.npos) return std::nullopt;
  const size_t end = line.find_first_of("\">", start + 1);
  if (end == line.npos) return std::nullopt;
  return line.substr(start + 1, end - start - 1);
}

// The name that `class Name` or `struct Name` on this line declares.
std::optional<std::string_view> DeclaredType(std::string_view line) {
  line = Trim(line);
  for (std::string_view keyword : {"class ", "struct "}) {
    if (!line.starts_with(keyword)) continue;
    line = Trim(line.substr(keyword.size()));
    const auto end = std::ranges::find_if_not(
        line, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
    return line.substr(0, end - line.begin());
  }
  return std::nullopt;
}

// The most particular arrow for a file, or nothing when its folder has none.
const Arrow* ArrowFrom(std::string_view file) {
  const Arrow* best = nullptr;
  for (const Arrow& arrow : Arrows()) {
    if (IsUnder(file, arrow.from) && (best == nullptr || arrow.from.size() > best->from.size())) {
      best = &arrow;
    }
  }
  return best;
}

// Reads one source file, line by line.
class SourceCheck {
 public:
  SourceCheck(fs::path path, std::string file, std::vector<Finding>& findings)
      : path_(std::move(path)),
        file_(std::move(file)),
        arrow_(ArrowFrom(file_)),
        findings_(findings) {}

  void Run() {
    if (arrow_ == nullptr) {
      Report(0, "the folder has no arrow in tests/layering/tree_rules.cc");
      return;
    }
    CheckFileName();
    std::ifstream in(path_);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) CheckLine(number, line);
  }

 private:
  void CheckFileName() {
    const std::string stem = path_.stem().string();
    for (std::string_view name : kForbiddenFiles) {
      if (stem == name || stem.ends_with("_" + std::string(name))) {
        Report(0, "name the file after what it does instead of " + std::string(name));
      }
    }
  }

  void CheckLine(int number, std::string_view line) {
    if (auto included = IncludedPath(line)) CheckInclude(number, *included);
    if (auto type = DeclaredType(line)) CheckType(number, *type);
    if (file_.ends_with(".h") && Trim(line).starts_with("using namespace")) {
      Report(number, "`using namespace` in a header");
    }
  }

  void CheckInclude(int number, std::string_view included) {
    CheckLibrary(number, included);
    // System headers have no folder either (`<zlib.h>`): only a file beside this one is ours.
    if (included.starts_with('.') || (included.find('/') == included.npos &&
                                      fs::exists(path_.parent_path() / std::string(included)))) {
      Report(number, "write includes from the root of the tree: " + std::string(included));
    }
    if (Contains(kTopFolders, FirstFolder(included))) CheckArrow(number, included);
  }

  void CheckLibrary(int number, std::string_view included) {
    for (const Arrow& home : LibraryHomes()) {
      if (IsUnder(included, home.from) && !IsUnderAny(file_, home.to)) {
        Report(number, std::string(home.from) + " is not for " + std::string(arrow_->from));
      }
    }
  }

  void CheckArrow(int number, std::string_view included) {
    // What protobuf itself installs is a library, not a layer.
    if (IsUnder(included, "google/protobuf")) return;
    if (IsUnder(included, arrow_->from) || IsUnderAny(included, arrow_->to)) return;
    Report(number, std::string(arrow_->from) + " must not include " + std::string(included));
  }

  void CheckType(int number, std::string_view type) {
    for (std::string_view suffix : kForbiddenSuffixes) {
      if (type.ends_with(suffix)) {
        Report(number, std::string(type) + ": say what it does instead of " + std::string(suffix));
      }
    }
  }

  void Report(int number, std::string what) {
    findings_.push_back({file_, number, std::move(what)});
  }

  const fs::path path_;
  const std::string file_;
  const Arrow* const arrow_;
  std::vector<Finding>& findings_;
};

// Built, fetched or hidden: not part of the tree.
bool IsSkipped(const fs::path& folder, const fs::path& root) {
  const std::string name = folder.filename().string();
  if (name.starts_with('.') || name == "node_modules") return true;
  return folder == root / "build" || folder == root / "proto" / "third_party";
}

void CheckFile(const fs::path& path, const std::string& file, std::vector<Finding>& findings) {
  if (fs::file_size(path) > kMaxFileBytes) {
    findings.push_back({file, 0, "larger than one mebibyte"});
  }
  const fs::path extension = path.extension();
  if (extension == ".h" || extension == ".cc") SourceCheck(path, file, findings).Run();
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.file << ':' << finding.line << ": " << finding.what;
}

std::vector<Finding> CheckTree(const fs::path& root) {
  std::vector<Finding> findings;
  for (fs::recursive_directory_iterator at(root), end; at != end; ++at) {
    const std::string file = at->path().lexically_relative(root).generic_string();
    if (at->is_directory()) {
      if (IsSkipped(at->path(), root)) {
        at.disable_recursion_pending();
      } else if (Contains(kForbiddenFolders, at->path().filename().string())) {
        findings.push_back({file, 0, "a folder is called after what it does"});
      }
    } else if (at->is_regular_file()) {
      CheckFile(at->path(), file, findings);
    }
  }
  std::ranges::sort(findings, {}, [](const Finding& f) { return std::pair(f.file, f.line); });
  return findings;
}

}  // namespace chancery::layering
