#include "tests/gateway/ctl/output_contract.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/strict_json.h"

namespace chancery::ctl {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

void ExpectSentence(const Outcome& outcome) {
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_TRUE(absl::StartsWith(outcome.err, "chancery: ")) << outcome.err;
  EXPECT_TRUE(absl::StrContains(outcome.err, " [")) << "the reason in brackets: " << outcome.err;
}

void ExpectError(const Outcome& outcome) {
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_TRUE(IsOneJsonValue(outcome.err)) << outcome.err;
  const auto status = ParseJson(outcome.err).struct_value().fields();
  ASSERT_EQ(status.count("code"), 1) << outcome.err;
  EXPECT_THAT(status.at("message").string_value(), Not(IsEmpty()));
  const auto& info = status.at("details").list_value().values(0).struct_value().fields();
  EXPECT_EQ(info.at("@type").string_value(), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(info.at("domain").string_value(), "chancery.dev");
  EXPECT_THAT(info.at("reason").string_value(), Not(IsEmpty()));
}

void ExpectAnswer(const Outcome& outcome, bool is_lines, bool may_be_empty) {
  const std::vector<std::string> values =
      is_lines ? Lines(outcome.out) : std::vector<std::string>{outcome.out};
  for (const std::string& value : values) EXPECT_TRUE(IsOneJsonValue(value)) << value;
  EXPECT_TRUE(may_be_empty || !values.empty());
  // The only other thing there may be is how to go on.
  if (outcome.err.empty()) return;
  EXPECT_TRUE(IsOneJsonValue(outcome.err)) << outcome.err;
  EXPECT_EQ(ParseJson(outcome.err).struct_value().fields().count("nextPageToken"), 1)
      << outcome.err;
}

}  // namespace

void ExpectComplete(const Commands& commands, const Rows& rows,
                    const std::map<std::string, std::set<Situation>>& never) {
  for (const Command& command : commands) {
    SCOPED_TRACE(command.name);
    ASSERT_EQ(rows.count(command.name), 1) << "has no rows";
    std::set<Situation> met;
    for (const Row& row : rows.at(command.name)) {
      EXPECT_TRUE(absl::StartsWith(absl::StrJoin(row.words, " ") + " ", command.name + " "));
      met.insert(row.situation);
    }
    // Those two are made from the first row.
    if (command.access != Access::kLocal) met.insert({Situation::kDown, Situation::kFault});
    for (int i = 0; i <= static_cast<int>(Situation::kFault); ++i) {
      const auto situation = static_cast<Situation>(i);
      const auto excuses = never.find(command.name);
      const bool excused = excuses != never.end() && excuses->second.count(situation) > 0;
      EXPECT_NE(met.count(situation) > 0, excused) << "exit code " << ExitFor(situation);
    }
  }
  EXPECT_EQ(rows.size(), commands.size());
}

int ExitFor(Situation situation) {
  switch (situation) {
    case Situation::kHit:
      return 0;
    case Situation::kEmpty:
      return 1;
    case Situation::kUsage:
      return 2;
    case Situation::kRefused:
      return 3;
    case Situation::kDown:
      return 4;
    case Situation::kPartial:
      return 5;
    case Situation::kConflict:
      return 6;
    case Situation::kFault:
      return 7;
  }
  return -1;
}

void ExpectContract(const Outcome& outcome, const Row& row, Situation situation,
                    const std::string& format) {
  SCOPED_TRACE(
      absl::StrCat("chancery ", absl::StrJoin(row.words, " "), " expects ", ExitFor(situation)));
  EXPECT_EQ(outcome.exit, ExitFor(situation)) << outcome.out << outcome.err;
  EXPECT_LT(outcome.took, absl::Seconds(10));
  EXPECT_FALSE(absl::StrContains(outcome.out + outcome.err, "\x1b"));
  const bool is_answer = situation == Situation::kHit || situation == Situation::kEmpty ||
                         situation == Situation::kPartial ||
                         (situation == Situation::kRefused && row.reports);
  if (format == "table") {
    if (!is_answer) ExpectSentence(outcome);
  } else if (is_answer) {
    ExpectAnswer(outcome, format == "jsonl", situation == Situation::kEmpty || row.lists_none);
  } else {
    ExpectError(outcome);
  }
}

}  // namespace chancery::ctl
