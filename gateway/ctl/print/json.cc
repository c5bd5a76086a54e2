#include "gateway/ctl/print/json.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"
#include "services/serving/json_text.h"

namespace chancery::ctl {
namespace {

std::string Convert(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "null";
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) { return Convert(message, false); }

std::string ToIndentedJson(const google::protobuf::Message& message) {
  return Convert(message, true);
}

std::string JsonString(absl::string_view text) { return serving::JsonString(text); }

std::string JsonArray(const std::vector<std::string>& elements) {
  return absl::StrCat("[", absl::StrJoin(elements, ","), "]");
}

std::string JsonObject(const std::vector<std::pair<std::string, std::string>>& members) {
  return absl::StrCat(
      "{",
      absl::StrJoin(members, ",",
                    [](std::string* out, const std::pair<std::string, std::string>& member) {
                      absl::StrAppend(out, JsonString(member.first), ":", member.second);
                    }),
      "}");
}

}  // namespace chancery::ctl
