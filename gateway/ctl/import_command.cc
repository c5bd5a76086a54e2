#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/import/import.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/error_text.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace fs = std::filesystem;

// A folder stands for its *.jsonl by name.
std::vector<std::string> FilesOf(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    std::error_code ignored;
    if (!fs::is_directory(word, ignored)) {
      files.push_back(word);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : fs::directory_iterator(word, ignored)) {
      if (entry.path().extension() == ".jsonl") inside.push_back(entry.path().string());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

absl::StatusOr<std::vector<ImportLine>> LinesOf(Invocation& in) {
  std::vector<ImportLine> lines;
  for (const std::string& file : FilesOf(in.arguments())) {
    const bool is_input = file == "-";
    std::string dataset = in.Text("--dataset");
    if (dataset.empty()) dataset = is_input ? "stdin" : fs::path(file).stem().string();
    std::ifstream stream;
    if (!is_input) stream.open(file);
    if (!is_input && !stream) {
      return UsageError("FILE", file, absl::StrCat(file, " can not be read"));
    }
    for (ImportLine& line : ReadLines(is_input ? in.streams().in : stream, file, dataset)) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::string RefusalText(const ImportReport& report) {
  std::string text;
  for (const Refusal& refusal : report.refusals) text += ErrorText(refusal.status);
  return text;
}

absl::StatusOr<Exit> RunImport(Invocation& in) {
  ASSIGN_OR_RETURN(const std::vector<ImportLine> lines, LinesOf(in));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ImportOptions options;
  options.note = in.Text("--note");
  options.progress = [&in](int done, int total) {
    in.output().ShowProgress(absl::StrCat(done, " of ", total, " lines"));
  };
  ASSIGN_OR_RETURN(const ImportReport report, ImportLines(*client, lines, options));
  in.output().ShowProgress("");
  in.output().ShowMissing(RefusalText(report));
  if (in.output().is_table()) {
    in.output().ShowList({}, ReportTable(report));
  } else {
    in.output().ShowValue(ReportJson(report), "");
  }
  return report.refusals.empty() ? Exit::kDone : Exit::kRefused;
}

}  // namespace

Commands ImportCommands() {
  return {
      {.name = "import",
       .summary = "Put records from files into the register; run again, it changes nothing.",
       .arguments = {{.name = "FILE",
                      .summary = "files of JSON lines, folders of *.jsonl, or - for standard input",
                      .repeated = true,
                      .names = Names::kFiles}},
       .flags = {{.name = "--dataset",
                  .value = "NAME",
                  .summary = "What to call the data set; without it the file's name."},
                 {.name = "--note",
                  .value = "TEXT",
                  .summary = "Why, for those who read the history."}},
       .access = Access::kWrite,
       .example = "chancery import deploy/allinone/record",
       .run = RunImport},
  };
}

}  // namespace chancery::ctl
