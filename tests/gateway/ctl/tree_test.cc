#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/help_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/gateway/ctl/command_line.h"

namespace chancery::ctl {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Tree, RowsAreComplete) {
  std::set<std::string> names;
  for (const Command& command : AllCommands()) {
    SCOPED_TRACE(command.name);
    EXPECT_TRUE(names.insert(command.name).second);
    EXPECT_TRUE(absl::EndsWith(command.summary, "."));
    EXPECT_TRUE(absl::StrContains(command.example, absl::StrCat("chancery ", command.name)));
    EXPECT_TRUE(command.run);
    bool optional = false;
    for (const Argument& argument : command.arguments) {
      EXPECT_THAT(argument.summary, Not(IsEmpty()));
      EXPECT_FALSE(optional && !argument.optional) << "what is required comes first";
      optional |= argument.optional;
    }
  }
}

TEST(Tree, FlagsAreComplete) {
  for (const Command& command : AllCommands()) {
    SCOPED_TRACE(command.name);
    std::set<std::string> names;
    for (const Flag& flag : FlagsOf(command)) {
      SCOPED_TRACE(flag.name);
      EXPECT_TRUE(absl::StartsWith(flag.name, "--"));
      EXPECT_TRUE(names.insert(flag.name).second);
      EXPECT_TRUE(flag.short_name.empty() || names.insert(flag.short_name).second);
      EXPECT_TRUE(absl::EndsWith(flag.summary, "."));
      EXPECT_TRUE(flag.fallback.empty() || !flag.value.empty()) << "a switch is off";
      if (!flag.choices.empty() && !flag.fallback.empty()) {
        EXPECT_THAT(flag.choices, Contains(flag.fallback));
      }
    }
  }
}

TEST(Tree, ReadsAndWritesHaveWhatTheyShare) {
  for (const Command& command : AllCommands()) {
    SCOPED_TRACE(command.name);
    std::set<std::string> names;
    for (const Flag& flag : FlagsOf(command)) names.insert(flag.name);
    EXPECT_EQ(names.count("--address"), command.access == Access::kLocal ? 0 : 1);
    if (command.access == Access::kRead && command.name != "health") {
      EXPECT_THAT(names, Contains("--known-at"));
      EXPECT_THAT(names, Contains("--token"));
    }
    // What is restored has its notes.
    if (command.access == Access::kWrite && command.name != "restore") {
      EXPECT_THAT(names, Contains("--note"));
    }
  }
}

TEST(Tree, HelpShowsEverything) {
  const std::string tree = RunCommand({"help"}).out;
  for (const Command& command : AllCommands()) {
    SCOPED_TRACE(command.name);
    EXPECT_THAT(tree, HasSubstr(command.summary));
    const std::string help = RunCommand({"help", command.name}).out;
    EXPECT_EQ(help, RunCommand({command.name, "--help"}).out);
    EXPECT_THAT(help, HasSubstr(UsageLine(command)));
    for (const Flag& flag : FlagsOf(command)) EXPECT_THAT(help, HasSubstr(flag.name));
  }
}

TEST(Tree, HelpIsDataToo) {
  const auto tree = ParseJson(RunCommand({"help", "--output", "json"}).out).struct_value();
  const auto& rows = tree.fields().at("commands").list_value();
  const Commands commands = AllCommands();
  ASSERT_EQ(rows.values_size(), commands.size());
  for (size_t i = 0; i < commands.size(); ++i) {
    const auto& row = rows.values(static_cast<int>(i)).struct_value().fields();
    EXPECT_EQ(row.at("name").string_value(), commands[i].name);
    EXPECT_THAT(row.at("access").string_value(), AnyOf("ro", "rw", "local"));
    EXPECT_EQ(row.at("flags").list_value().values_size(), FlagsOf(commands[i]).size());
  }
  EXPECT_EQ(tree.fields().at("exitCodes").list_value().values_size(), ExitTable().size());
}

TEST(Tree, ExitCodesAreNumberedInOrder) {
  int next = 0;
  for (const ExitRow& row : ExitTable()) EXPECT_EQ(static_cast<int>(row.code), next++);
}

TEST(Tree, EveryReasonHasAnExitCode) {
  const auto* reasons = types::v1::ErrorReason_descriptor();
  for (int i = 1; i < reasons->value_count(); ++i) {
    const auto reason = static_cast<types::v1::ErrorReason>(reasons->value(i)->number());
    const Exit exit = ExitOf(errors::Error(reason, "x"));
    EXPECT_NE(exit, Exit::kDone) << reasons->value(i)->name();
    EXPECT_EQ(exit == Exit::kUsage, reason == types::v1::USAGE_INVALID);
  }
}

}  // namespace
}  // namespace chancery::ctl
