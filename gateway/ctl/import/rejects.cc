#include "gateway/ctl/import/rejects.h"

#include "absl/strings/str_cat.h"
#include "gateway/ctl/print/json.h"
#include "gateway/records/json_record.h"
#include "google/protobuf/struct.pb.h"
#include "proto/errors/error.h"

namespace chancery::ctl {
namespace {

absl::Status CanNotWrite(const std::string& path) {
  return errors::Error(types::v1::USAGE_INVALID, absl::StrCat(path, " can not be written"),
                       {{"flag", "--rejects"}, {"value", path}});
}

}  // namespace

absl::StatusOr<Rejects> Rejects::Open(const std::string& path) {
  Rejects rejects(path);
  if (!rejects.file_) return CanNotWrite(path);
  return rejects;
}

void Rejects::Add(const ImportLine& line, const absl::Status& status) {
  file_ << "# "
        << JsonObject({{"dataset", JsonString(line.dataset)},
                       {"file", JsonString(line.file)},
                       {"line", absl::StrCat(line.number)},
                       {"reason", JsonString(errors::InfoOf(status).reason())},
                       {"message", JsonString(std::string(status.message()))}})
        << "\n"
        << line.text << std::endl;
}

absl::Status Rejects::status() const { return file_ ? absl::OkStatus() : CanNotWrite(path_); }

std::string DatasetOfComment(absl::string_view comment) {
  google::protobuf::Struct object;
  comment.remove_prefix(1);
  if (!gateway::records::ReadJson(std::string(comment), object).ok()) return "";
  const auto found = object.fields().find("dataset");
  return found == object.fields().end() ? "" : found->second.string_value();
}

}  // namespace chancery::ctl
