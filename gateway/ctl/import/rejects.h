#ifndef CHANCERY_GATEWAY_CTL_IMPORT_REJECTS_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_REJECTS_H_

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/ctl/import/line.h"

namespace chancery::ctl {

// A file of lines that were refused, to be mended and imported:
//
//   # {"dataset":"x","file":"x.jsonl","line":17,"reason":"DATE_INVALID","message":"…"}
//   {"name":"people/noda",…}
class Rejects {
 public:
  // USAGE_INVALID (flag: --rejects) if the file can not be written.
  static absl::StatusOr<Rejects> Open(const std::string& path);

  // Writes one to the file at once, so that it is there whatever happens to the import.
  void Add(const ImportLine& line, const absl::Status& status);

  // Whether all could be written.
  absl::Status status() const;

 private:
  explicit Rejects(std::string path) : path_(std::move(path)), file_(path_) {}

  std::string path_;
  std::ofstream file_;
};

// The data set that a comment of such a file names for the line after it; empty if it is another
// comment.
std::string DatasetOfComment(absl::string_view comment);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_REJECTS_H_
