#ifndef CHANCERY_GATEWAY_CTL_PRINT_OUTPUT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_OUTPUT_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/ctl/print/table.h"
#include "google/protobuf/message.h"

namespace chancery::ctl {

// What a command reads from and writes to, so that a test can stand in for a terminal or a pipe.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // Columns of the terminal.
  int columns = 80;
  // A variable of the environment, if it is set.
  std::function<std::optional<std::string>(const std::string&)> variable;
};

enum class Format {
  kTable,  // for people: fitted on a terminal, tabs and full values in a pipe
  kJson,   // exactly one JSON value, or none and an error on stderr
  kJsonl,  // a JSON value per line
};

// The one place that writes to stdout and stderr. A command shows its answer once, by one of the
// Show functions; with a JSON format nothing else reaches stdout.
class Output {
 public:
  Output(Streams& streams, Format format, bool color)
      : streams_(streams), format_(format), color_(color) {}

  bool is_table() const { return format_ == Format::kTable; }
  // Columns to fit text into; 0 in a pipe, where lines are as long as they are.
  int width() const { return streams_.out_is_terminal ? streams_.columns : 0; }
  bool color() const { return color_; }

  // One answer, whose text for people is `text`.
  void Show(const google::protobuf::Message& answer, absl::string_view text);
  void Show(const google::protobuf::Message& answer, const Table& table);
  // Any number of answers as JSON values, shown to people as a table or a text.
  void ShowList(const std::vector<std::string>& json, const Table& table);
  void ShowList(const std::vector<std::string>& json, absl::string_view text);
  // An answer that is not a message.
  void ShowValue(const std::string& json, absl::string_view text);

  // Says after a list how many are shown and whether there are more: "50 shown, there are more ·
  // next: --page-token …", with `all` as the flag that shows all of them, if there is one. On the
  // terminal below the list, else on stderr, where JSON has {"nextPageToken": …}. A list that is
  // complete, the token being empty, says so on a terminal only.
  void ShowNextPage(int shown, absl::string_view token, absl::string_view all = "");

  // To people at a terminal, at once, before a command goes on: what it is about to do.
  void ShowBefore(const Table& table);

  // Says on stderr, to people, what an answer lacks.
  void ShowMissing(absl::string_view text);

  // The error on stderr, as text or JSON.
  void ShowError(const absl::Status& status);

  // How far a long command has come, in one line that overwrites itself; only on a terminal. An
  // empty text wipes the line.
  void ShowProgress(absl::string_view text);

 private:
  friend class JsonStream;

  void Write(absl::string_view text) { streams_.out << text; }
  std::string TableText(const Table& table) const;

  Streams& streams_;
  const Format format_;
  const bool color_;
  bool progress_shown_ = false;
};

// Values that are written as they come, since all of them would not fit into memory: an array where
// the format is kJson, else a value per line. Nothing is written before the first value or End().
class JsonStream {
 public:
  explicit JsonStream(Output& output) : output_(output) {}

  void Add(absl::string_view json);
  void End();

 private:
  Output& output_;
  bool any_ = false;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_OUTPUT_H_
