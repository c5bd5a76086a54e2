#include "services/serving/ready_file.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "services/serving/json_text.h"

namespace chancery::serving {
namespace {

absl::Status Unwritable(const std::string& path) {
  return errors::Error(types::v1::USAGE_INVALID, absl::StrCat("can not write ", path),
                       {{"flag", "--ready-file"}, {"value", path}});
}

}  // namespace

absl::Status WriteReadyFile(const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& addresses) {
  if (path.empty()) return absl::OkStatus();
  const std::string temporary = absl::StrCat(path, ".new");
  std::ofstream file(temporary);
  file << JsonObject(addresses) << "\n";
  file.close();
  if (!file || std::rename(temporary.c_str(), path.c_str()) != 0) return Unwritable(path);
  return absl::OkStatus();
}

}  // namespace chancery::serving
