#include "gateway/ctl/print/output.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/error_text.h"
#include "gateway/ctl/print/json.h"

namespace chancery::ctl {

void Output::Show(const google::protobuf::Message& answer, absl::string_view text) {
  if (is_table()) return Write(text);
  Write(format_ == Format::kJson ? ToIndentedJson(answer) : ToJson(answer));
  Write("\n");
}

void Output::Show(const google::protobuf::Message& answer, const Table& table) {
  Show(answer, is_table() ? TableText(table) : "");
}

void Output::ShowList(const std::vector<std::string>& json, const Table& table) {
  ShowList(json, is_table() ? TableText(table) : "");
}

void Output::ShowList(const std::vector<std::string>& json, absl::string_view text) {
  if (is_table()) return Write(text);
  // An array too has an element per line, which suits grep and diff.
  if (format_ == Format::kJsonl || json.empty()) {
    for (const std::string& value : json) Write(absl::StrCat(value, "\n"));
    if (format_ == Format::kJson) Write("[]\n");
    return;
  }
  Write(absl::StrCat("[\n", absl::StrJoin(json, ",\n"), "\n]\n"));
}

void Output::ShowValue(const std::string& json, absl::string_view text) {
  Write(is_table() ? text : absl::string_view(json));
  if (!is_table()) Write("\n");
}

void Output::ShowBefore(const Table& table) {
  if (!is_table() || !streams_.out_is_terminal) return;
  Write(TableText(table));
  streams_.out.flush();
}

void Output::ShowNextPage(int shown, absl::string_view token, absl::string_view all) {
  if (token.empty()) {
    if (is_table() && streams_.out_is_terminal && shown > 0)
      Write(absl::StrCat(shown, " shown, no more\n"));
    return;
  }
  if (!is_table()) {
    streams_.err << JsonObject({{"nextPageToken", JsonString(token)}}) << "\n";
    return;
  }
  std::ostream& stream = streams_.out_is_terminal ? streams_.out : streams_.err;
  stream << absl::StrCat(shown, " shown, there are more",
                         all.empty() ? "" : absl::StrCat(" · all: ", all), " · next: --page-token ",
                         token, "\n");
}

void Output::ShowMissing(absl::string_view text) {
  if (is_table()) streams_.err << text;
}

void Output::ShowError(const absl::Status& status) {
  ShowProgress("");
  streams_.err << (is_table() ? ErrorText(status) : absl::StrCat(ErrorJson(status), "\n"));
}

void Output::ShowProgress(absl::string_view text) {
  if (!streams_.err_is_terminal || !is_table()) return;
  if (text.empty() && !progress_shown_) return;
  progress_shown_ = !text.empty();
  streams_.err << "\r" << text << "\x1b[K" << std::flush;
}

void JsonStream::Add(absl::string_view json) {
  const bool is_array = output_.format_ == Format::kJson;
  if (is_array) output_.Write(any_ ? ",\n" : "[\n");
  output_.Write(json);
  if (!is_array) output_.Write("\n");
  any_ = true;
}

void JsonStream::End() {
  if (output_.format_ == Format::kJson) output_.Write(any_ ? "\n]\n" : "[]\n");
}

std::string Output::TableText(const Table& table) const {
  if (table.rows.empty() && streams_.out_is_terminal) return "none recorded\n";
  return streams_.out_is_terminal ? FitTable(table, streams_.columns) : PipeTable(table);
}

}  // namespace chancery::ctl
