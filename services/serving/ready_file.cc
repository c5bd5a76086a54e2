#include "services/serving/ready_file.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/error.h"

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
  google::protobuf::Struct object;
  for (const auto& [name, address] : addresses) {
    (*object.mutable_fields())[name].set_string_value(address);
  }
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(object, &json);
  std::ofstream file(temporary);
  file << json << "\n";
  file.close();
  if (!file || std::rename(temporary.c_str(), path.c_str()) != 0) return Unwritable(path);
  return absl::OkStatus();
}

}  // namespace chancery::serving
