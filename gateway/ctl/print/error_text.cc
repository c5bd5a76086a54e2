#include "gateway/ctl/print/error_text.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/text_width.h"
#include "google/rpc/status.pb.h"
#include "proto/errors/error.h"
#include "unicode/utf8.h"

namespace chancery::ctl {
namespace {

using google::rpc::ErrorInfo;

std::string ValueOf(const ErrorInfo& info, const std::string& key) {
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "" : found->second;
}

// What was given, and what to call it.
struct Given {
  std::string label;
  std::string text;
};

Given GivenIn(const ErrorInfo& info) {
  for (const char* key : {"filter", "order_by", "path", "line_text"}) {
    if (std::string text = ValueOf(info, key); !text.empty()) return {key, std::move(text)};
  }
  for (const char* key : {"field", "flag"}) {
    if (std::string label = ValueOf(info, key); !label.empty()) {
      return {std::move(label), ValueOf(info, "value")};
    }
  }
  return {};
}

// Where a code point begins, in bytes; past the end if there are not so many.
size_t ByteOf(absl::string_view text, size_t code_point) {
  const auto length = static_cast<int32_t>(text.size());
  int32_t at = 0;
  for (size_t i = 0; i < code_point; ++i) {
    if (at >= length) return text.size() + 1;
    U8_FWD_1(reinterpret_cast<const uint8_t*>(text.data()), at, length);
  }
  return at;
}

std::string GivenLines(const ErrorInfo& info, absl::string_view message) {
  const Given given = GivenIn(info);
  if (given.text.empty()) return "";
  size_t position = 0;
  const bool has_place = absl::SimpleAtoi(ValueOf(info, "position"), &position);
  const std::string text = OneLine(given.text);
  if (!has_place && message.find(given.text) != message.npos) return "";
  const std::string start = absl::StrCat("  ", given.label, ": ");
  std::string lines = absl::StrCat(start, text, "\n");
  const size_t place = has_place ? ByteOf(given.text, position) : 0;
  if (!has_place || place > given.text.size()) return lines;
  const int before = DisplayWidth(start) + DisplayWidth(OneLine(given.text.substr(0, place)));
  absl::StrAppend(&lines, std::string(before, ' '), "^\n");
  return lines;
}

std::string NearestLine(const ErrorInfo& info, absl::string_view message) {
  const std::string nearest = ValueOf(info, "nearest");
  if (nearest.empty() || message.find("did you mean") != message.npos) return "";
  const std::string spaced = absl::StrReplaceAll(nearest, {{", ", ", "}, {",", ", "}});
  return absl::StrCat("  did you mean ", spaced, "?\n");
}

// A line that says what stands in the metadata.
std::string KeyLine(const ErrorInfo& info, const char* key, const char* label) {
  const std::string value = ValueOf(info, key);
  return value.empty() ? "" : absl::StrCat("  ", label, value, "\n");
}

}  // namespace

std::string ErrorText(const absl::Status& status) {
  const ErrorInfo info = errors::InfoOf(status);
  const std::string message = OneLine(absl::StripSuffix(status.message(), "."));
  const std::string reason =
      info.reason().empty() ? absl::StatusCodeToString(status.code()) : info.reason();
  std::string where = ValueOf(info, "file");
  if (!where.empty()) absl::StrAppend(&where, ":", ValueOf(info, "line"), ": ");
  return absl::StrCat(
      "chancery: ", where, message, " [", reason, "]\n", GivenLines(info, message),
      NearestLine(info, message), KeyLine(info, "recorded_since", "on record since "),
      KeyLine(info, "kept", "what you wrote is kept in "), KeyLine(info, "cure", "what to do: "));
}

std::string ErrorJson(const absl::Status& status) {
  google::rpc::Status out;
  out.set_code(status.raw_code());
  out.set_message(std::string(status.message()));
  out.add_details()->PackFrom(errors::InfoOf(status));
  return ToJson(out);
}

}  // namespace chancery::ctl
