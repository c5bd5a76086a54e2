#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/explanations.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/page.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"

namespace chancery::ctl {
namespace {

std::string CodeName(const Explanation& row) {
  return absl::StatusCodeToString(errors::CodeOf(row.reason));
}

int ExitCode(const Explanation& row) {
  return static_cast<int>(ExitOf(errors::Error(row.reason, "")));
}

std::string TextOf(const Explanation& row, Setting setting) {
  Page page(setting);
  page.Heading(types::v1::ErrorReason_Name(row.reason));
  page.Line(absl::StrCat(CodeName(row), ", exit code ", ExitCode(row)), 0);
  page.Blank();
  page.Line(std::string(row.cause), 0);
  page.Line(absl::StrCat("What to do: ", row.cure), 0);
  page.Blank();
  page.Line(
      row.method.empty() ? "Example" : absl::StrCat("Example: a program sends to ", row.method), 0);
  page.Line(std::string(row.when), 2);
  for (const absl::string_view line : absl::StrSplit(row.example, '\n')) {
    page.Raw(absl::StrCat("  ", line, "\n"));
  }
  return page.Finish();
}

std::string JsonOf(const Explanation& row) {
  std::vector<std::pair<std::string, std::string>> members = {
      {"reason", JsonString(types::v1::ErrorReason_Name(row.reason))},
      {"code", JsonString(CodeName(row))},
      {"exitCode", absl::StrCat(ExitCode(row))},
      {"cause", JsonString(row.cause)},
      {"cure", JsonString(row.cure)},
      {"when", JsonString(row.when)},
      {"example", JsonString(row.example)},
      {"method", JsonString(row.method)}};
  return JsonObject(members);
}

std::vector<std::string> Reasons() {
  std::vector<std::string> reasons;
  for (const Explanation& row : Explanations()) {
    reasons.push_back(types::v1::ErrorReason_Name(row.reason));
  }
  return reasons;
}

absl::StatusOr<Exit> ShowAll(Invocation& in) {
  Table table{{"reason", "code", "cause"}, {}};
  std::vector<std::string> json;
  for (const Explanation& row : Explanations()) {
    table.rows.push_back(
        {types::v1::ErrorReason_Name(row.reason), CodeName(row), std::string(row.cause)});
    json.push_back(JsonOf(row));
  }
  in.output().ShowList(json, table);
  return Exit::kDone;
}

absl::StatusOr<Exit> Explain(Invocation& in) {
  if (in.arguments().empty()) return ShowAll(in);
  const std::string& word = in.arguments().front();
  const Explanation* row = FindExplanation(absl::AsciiStrToUpper(word));
  if (row == nullptr) {
    const std::vector<std::string> nearest = errors::NearestNames(word, Reasons());
    return errors::WithMetadata(
        UsageError("REASON", word,
                   absl::StrCat("there is no reason ", word, errors::DidYouMean(nearest))),
        "nearest", absl::StrJoin(nearest, ","));
  }
  in.output().ShowValue(JsonOf(*row), TextOf(*row, {in.output().width(), in.output().color()}));
  return Exit::kDone;
}

}  // namespace

Commands ExplainCommands() {
  return {
      {.name = "explain",
       .summary = "Say what the reason of an error means and what to do; without one list all.",
       .arguments = {{.name = "REASON",
                      .summary = "what stands in brackets behind an error, as ETAG_MISMATCH",
                      .optional = true,
                      .names = Names::kReasons}},
       .access = Access::kLocal,
       .example = "chancery explain ETAG_MISMATCH",
       .run = Explain},
  };
}

}  // namespace chancery::ctl
