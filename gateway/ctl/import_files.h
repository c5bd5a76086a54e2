#ifndef CHANCERY_GATEWAY_CTL_IMPORT_FILES_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_FILES_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/invocation.h"

namespace chancery::ctl {

// The lines of the files that are a command's arguments, one file after the other: files, folders
// of
// *.jsonl by name, or - for standard input. Nothing is held but the line that is read.
class InputFiles {
 public:
  // `dataset` is what to call them; empty: each by its file's name. USAGE_INVALID for a file that
  // can not be read. `in` must outlive it.
  static absl::StatusOr<InputFiles> Open(Invocation& in, std::string dataset);

  // False at the end, and where a file has become unreadable.
  bool Next(ImportLine& line);
  absl::Status status() const { return status_; }

  // The size of all files; 0 where standard input is among them.
  int64_t bytes() const { return bytes_; }

 private:
  InputFiles(Invocation& in, std::string dataset, std::vector<std::string> files)
      : in_(&in), dataset_(std::move(dataset)), files_(std::move(files)) {}

  bool OpenNext();

  Invocation* in_;
  std::string dataset_;
  std::vector<std::string> files_;
  size_t next_ = 0;
  int64_t bytes_ = 0;
  std::unique_ptr<std::ifstream> stream_;
  std::unique_ptr<LineReader> reader_;
  absl::Status status_;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_FILES_H_
