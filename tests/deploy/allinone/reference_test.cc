// docs/cli.md against the command tree of the binary: its tables are the tree, written out.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "deploy/allinone/commands.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/help_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace chancery::allinone {
namespace {

using ctl::Argument;
using ctl::Command;
using ctl::Flag;

ctl::Commands WholeTree() {
  ctl::Commands tree = ctl::AllCommands();
  for (const Command& command : OwnCommands()) tree.push_back(command);
  return tree;
}

std::string Code(const std::string& text) { return absl::StrCat("`", text, "`"); }

std::string OneOf(const std::vector<std::string>& choices) {
  return choices.empty() ? "" : absl::StrCat(" One of `", absl::StrJoin(choices, "`, `"), "`.");
}

std::string RowOf(const Argument& argument) {
  std::string summary = argument.summary;
  summary[0] = absl::ascii_toupper(static_cast<unsigned char>(summary[0]));
  return absl::StrCat("| ", Code(argument.name), " | ", summary,
                      absl::EndsWith(summary, ".") ? "" : ".", " |  |\n");
}

std::string RowOf(const Flag& flag) {
  const std::string name = Code(absl::StrCat(flag.name, flag.value.empty() ? "" : " ", flag.value));
  return absl::StrCat(
      "| ", flag.short_name.empty() ? "" : absl::StrCat(Code(flag.short_name), ", "), name, " | ",
      flag.summary, OneOf(flag.choices),
      flag.variable.empty() ? "" : absl::StrCat(" Variable: ", Code(flag.variable), "."),
      flag.required ? " Required." : "", " | ", flag.fallback.empty() ? "" : Code(flag.fallback),
      " |\n");
}

std::string TableOf(const std::string& heading, const std::vector<Argument>& arguments,
                    const std::vector<Flag>& flags) {
  if (arguments.empty() && flags.empty()) return "";
  std::string table = absl::StrCat("| ", heading, " | meaning | default |\n|---|---|---|\n");
  for (const Argument& argument : arguments) table += RowOf(argument);
  for (const Flag& flag : flags) table += RowOf(flag);
  return table + "\n";
}

std::string AccessOf(ctl::Access access) {
  return access == ctl::Access::kLocal ? "local" : access == ctl::Access::kRead ? "ro" : "rw";
}

std::string SectionOf(const Command& command) {
  return absl::StrCat("### ", command.name, "\n\n", Code(UsageLine(command)), " (",
                      AccessOf(command.access), "). ", command.summary, "\n\n",
                      TableOf("argument or flag", command.arguments, command.flags), "```sh\n",
                      command.example, "\n```\n");
}

std::string Reference() {
  std::vector<std::string> sections;
  for (const Command& command : WholeTree()) sections.push_back(SectionOf(command));
  return absl::StrCat("## Flags of every command\n\n", TableOf("flag", {}, ctl::CommonFlags()),
                      "Of every command that asks a register:\n\n",
                      TableOf("flag", {}, ctl::RegisterFlags()),
                      "A flag outranks the environment's variable.\n\n## Commands\n\n",
                      absl::StrJoin(sections, "\n"));
}

std::string ExitCodes() {
  std::string table = "| code | name | when |\n|---|---|---|\n";
  for (const ctl::ExitRow& row : ctl::ExitTable()) {
    absl::StrAppend(&table, "| ", static_cast<int>(row.code), " | ", row.name, " | ", row.meaning,
                    " |\n");
  }
  return table;
}

std::string Page() {
  std::ifstream file(absl::StrCat(std::getenv("CHANCERY_SOURCE_DIR"), "/docs/cli.md"));
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Reference, IsTheTree) {
  const std::string page = Page();
  const size_t start = page.find("## Flags of every command");
  ASSERT_NE(start, std::string::npos);
  const std::string reference = Reference();
  const std::vector<std::string> written = absl::StrSplit(page.substr(start), '\n');
  const std::vector<std::string> wanted = absl::StrSplit(reference, '\n');
  if (written == wanted) return;
  const std::string path = ::testing::TempDir() + "/cli-reference.md";
  std::ofstream(path) << reference;
  for (size_t i = 0; i < wanted.size(); ++i) {
    ASSERT_EQ(i < written.size() ? written[i] : "", wanted[i]) << "the end of the page is " << path;
  }
  FAIL() << "the page goes on after the end of the tree, which is " << path;
}

TEST(Reference, HasTheExitCodes) { EXPECT_THAT(Page(), ::testing::HasSubstr(ExitCodes())); }

}  // namespace
}  // namespace chancery::allinone
