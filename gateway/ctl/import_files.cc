#include "gateway/ctl/import_files.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace fs = std::filesystem;

// A folder stands for its *.jsonl by name.
std::vector<std::string> FilesOf(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    std::error_code ignored;
    if (!fs::is_directory(word, ignored)) {
      files.push_back(word);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : fs::directory_iterator(word, ignored)) {
      if (entry.path().extension() == ".jsonl") inside.push_back(entry.path().string());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

absl::Status CanNotRead(const std::string& file) {
  return UsageError("FILE", file, absl::StrCat(file, " can not be read"));
}

}  // namespace

absl::StatusOr<InputFiles> InputFiles::Open(Invocation& in, std::string dataset) {
  InputFiles files(in, std::move(dataset), FilesOf(in.arguments()));
  bool sized = true;
  for (const std::string& file : files.files_) {
    std::error_code unknown;
    const auto size = file == "-" ? 0 : fs::file_size(file, unknown);
    sized = sized && file != "-" && !unknown;
    if (file != "-" && !std::ifstream(file)) return CanNotRead(file);
    if (!unknown) files.bytes_ += static_cast<int64_t>(size);
  }
  if (!sized) files.bytes_ = 0;
  return files;
}

bool InputFiles::OpenNext() {
  if (next_ == files_.size()) return false;
  const std::string& file = files_[next_++];
  const bool is_input = file == "-";
  std::string dataset = dataset_;
  if (dataset.empty()) dataset = is_input ? "stdin" : fs::path(file).stem().string();
  if (!is_input) {
    stream_ = std::make_unique<std::ifstream>(file);
    if (!*stream_) {
      status_ = CanNotRead(file);
      return false;
    }
  }
  reader_ = std::make_unique<LineReader>(is_input ? in_->streams().in : *stream_, file, dataset);
  return true;
}

bool InputFiles::Next(ImportLine& line) {
  while (reader_ == nullptr || !reader_->Next(line)) {
    if (!OpenNext()) return false;
  }
  return true;
}

}  // namespace chancery::ctl
