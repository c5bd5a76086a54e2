#include "gateway/ctl/revise/draft.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/text_width.h"
#include "gateway/records/json_record.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

constexpr char kNote[] = "note:";

absl::Status EditorError(const std::string& editor, const std::string& sentence) {
  return errors::Error(types::v1::USAGE_INVALID, sentence, {{"flag", "EDITOR"}, {"value", editor}});
}

}  // namespace

std::string DraftOf(const google::protobuf::Message& record, const std::string& note) {
  return absl::StrCat(
      "# Behind `note:` stands why this is changed. Save to write the record; leave it as it is "
      "and\n"
      "# nothing is written.\n",
      kNote, " ", OneLine(note), "\n\n", ToIndentedJson(record), "\n");
}

absl::StatusOr<std::string> ReadDraft(const std::string& draft, google::protobuf::Message& record) {
  std::string note;
  std::vector<absl::string_view> json;
  for (const absl::string_view line : absl::StrSplit(draft, '\n')) {
    if (json.empty() && absl::StartsWith(line, kNote)) {
      note = std::string(absl::StripAsciiWhitespace(line.substr(sizeof(kNote) - 1)));
    } else if (!absl::StartsWith(line, "#") && (!json.empty() || !line.empty())) {
      json.push_back(line);
    }
  }
  RETURN_IF_ERROR(gateway::records::ReadJson(absl::StrJoin(json, "\n"), record));
  return note;
}

absl::StatusOr<std::string> KeepDraft(const std::string& text) {
  std::error_code ignored;
  std::string path =
      (std::filesystem::temp_directory_path(ignored) / "chancery-XXXXXX.json").string();
  const int file = mkstemps(path.data(), sizeof(".json") - 1);
  const bool written =
      file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) close(file);
  if (written) return path;
  return EditorError(path, absl::StrCat(path, " can not be written"));
}

absl::StatusOr<std::string> EditFile(const std::string& editor, const std::string& path) {
  // As a shell would: an editor may have words of its own.
  const std::string command = absl::StrCat(editor, " \"$1\"");
  std::array<const char*, 6> words = {"sh", "-c", command.c_str(), "sh", path.c_str(), nullptr};
  pid_t child = 0;
  int status = 0;
  const int failure =
      posix_spawnp(&child, "sh", nullptr, nullptr, const_cast<char* const*>(words.data()), environ);
  if (failure == 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  if (failure != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return EditorError(editor, absl::StrCat("the editor failed: ", editor));
  }
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace chancery::ctl
