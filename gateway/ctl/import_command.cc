#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/import/import.h"
#include "gateway/ctl/import/rejects.h"
#include "gateway/ctl/import_files.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/error_text.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

constexpr int64_t kMaxMebibytes = int64_t{1} << 20;

std::string RefusalText(const ImportReport& report) {
  std::string text;
  for (const Refusal& refusal : report.refusals) text += ErrorText(refusal.status);
  const auto listed = static_cast<int64_t>(report.refusals.size());
  if (report.refused > listed) {
    absl::StrAppend(&text, "and ", report.refused - listed, " more; --rejects writes them all\n");
  }
  return text;
}

// "12 000 lines · 9 500/s · 40 % · 2m3s left"
std::string ProgressText(const ImportProgress& progress, int64_t all_bytes, absl::Duration took) {
  const double seconds = std::max(absl::ToDoubleSeconds(took), 0.001);
  std::string text =
      absl::StrCat(progress.lines, " lines · ",
                   static_cast<int64_t>(static_cast<double>(progress.lines) / seconds), "/s");
  if (all_bytes <= 0 || progress.bytes <= 0) return text;
  const double share =
      std::min(1.0, static_cast<double>(progress.bytes) / static_cast<double>(all_bytes));
  const absl::Duration left = absl::Trunc(took * ((1 - share) / share), absl::Seconds(1));
  absl::StrAppend(&text, " · ", static_cast<int>(share * 100), " % · ", absl::FormatDuration(left),
                  " left");
  return text;
}

absl::StatusOr<Exit> RunImport(Invocation& in) {
  ImportOptions options;
  options.note = in.Text("--note");
  ASSIGN_OR_RETURN(const int64_t mebibytes, in.Number("--max-waiting", kMaxMebibytes));
  options.waiting.bytes = static_cast<uint64_t>(mebibytes) << 20;
  ASSIGN_OR_RETURN(InputFiles files, InputFiles::Open(in, in.Text("--dataset")));
  std::optional<Rejects> rejects;
  if (in.Has("--rejects")) {
    ASSIGN_OR_RETURN(rejects, Rejects::Open(in.Text("--rejects")));
    options.refused = [&](const ImportLine& line, const absl::Status& status) {
      rejects->Add(line, status);
    };
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  const absl::Time start = absl::Now();
  options.progress = [&](const ImportProgress& progress) {
    in.output().ShowProgress(ProgressText(progress, files.bytes(), absl::Now() - start));
  };
  ASSIGN_OR_RETURN(const ImportReport report,
                   ImportLines(
                       *client, [&](ImportLine& line) { return files.Next(line); }, options));
  RETURN_IF_ERROR(files.status());
  if (rejects.has_value()) RETURN_IF_ERROR(rejects->status());
  in.output().ShowProgress("");
  in.output().ShowMissing(RefusalText(report));
  if (in.output().is_table()) {
    in.output().ShowList({}, ReportTable(report));
  } else {
    in.output().ShowValue(ReportJson(report), "");
  }
  return report.refused == 0 ? Exit::kDone : Exit::kRefused;
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
                 {.name = "--rejects",
                  .value = "FILE",
                  .summary = "Write each line that is refused there, with the reason; mended, the "
                             "file can be imported."},
                 {.name = "--max-waiting",
                  .value = "MIB",
                  .summary = "How much may wait for what it refers to; beyond 8 MiB in a temporary "
                             "file.",
                  .fallback = "1024"},
                 {.name = "--note",
                  .value = "TEXT",
                  .summary = "Why, for those who read the history."}},
       .access = Access::kWrite,
       .example = "chancery import deploy/allinone/record",
       .run = RunImport},
  };
}

}  // namespace chancery::ctl
