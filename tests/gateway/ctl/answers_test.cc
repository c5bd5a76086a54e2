#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/print/text_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"
#include "tests/support/listener.h"

// What commands show to people: on terminals of two widths and in a pipe.

namespace chancery::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Answers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { record_ = TestRegister::WithRecord().release(); }
  static void TearDownTestSuite() { delete record_; }

  static Outcome Run(std::vector<std::string> words, Surroundings where = {}) {
    where.variables.emplace("CHANCERY_ADDRESS", record_->address());
    return RunCommand(words, where);
  }

  static TestRegister* record_;
};

TestRegister* Answers::record_ = nullptr;

TEST_F(Answers, FitTheTerminal) {
  for (const int columns : {80, 200}) {
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"dossier", "russia", "japan"},
                                               {"list", "tenures", "--page-size", "500"},
                                               {"list", "events"},
                                               {"get", "events/2009-05-putin-japan"},
                                               {"who", "japan", "--on", "2012-06-18"},
                                               {"explain", "ETAG_MISMATCH"},
                                               {"explain"},
                                               {"help"}}) {
      const Outcome outcome = Run(words, {.terminal = columns});
      EXPECT_EQ(outcome.exit, 0) << outcome.err;
      for (const std::string& line : Lines(outcome.out)) {
        if (absl::StrContains(line, "--page-token")) continue;  // to be copied
        EXPECT_LE(DisplayWidth(line) - (absl::StrContains(line, "\x1b[") ? 8 : 0), columns) << line;
      }
    }
  }
}

TEST_F(Answers, KeepTheSameColumnsInAPipe) {
  const Outcome terminal = Run({"list", "tenures"}, {.terminal = 200});
  const Outcome pipe = Run({"list", "tenures"});
  const std::vector<std::string> columns =
      absl::StrSplit(Lines(terminal.out).front(), ' ', absl::SkipEmpty());
  const std::vector<std::string> piped = absl::StrSplit(Lines(pipe.out).front(), '\t');
  EXPECT_EQ(columns, piped);
  EXPECT_EQ(Lines(pipe.out).size(), 19) << "18 tenures and the heading";
}

TEST_F(Answers, SayWhereAListEnds) {
  const Outcome terminal = Run({"list", "people", "--page-size", "14"}, {.terminal = 80});
  EXPECT_THAT(Lines(terminal.out).back(),
              StartsWith("14 shown, there are more · all: --all · next: --page-token "));
  const Outcome pipe = Run({"list", "people", "--page-size", "14"});
  EXPECT_THAT(pipe.err, StartsWith("14 shown, there are more · all: --all · next: --page-token "));
  const Outcome all = Run({"list", "people", "--page-size", "15"});
  EXPECT_THAT(all.err, IsEmpty()) << "nothing more";
  EXPECT_EQ(Lines(all.out).size(), 16);
  EXPECT_EQ(Lines(Run({"list", "people", "--page-size", "15"}, {.terminal = 80}).out).back(),
            "15 shown, no more");
  EXPECT_THAT(Run({"timeline", "russia", "japan", "--page-size", "2"}).err,
              StartsWith("2 shown, there are more · next: --page-token "));
  const std::string token = pipe.err.substr(pipe.err.rfind(' ') + 1);
  const Outcome rest = Run(
      {"list", "people", "--page-size", "14", "--page-token", token.substr(0, token.size() - 1)});
  EXPECT_EQ(Lines(rest.out).size(), 2) << rest.out << rest.err;
}

TEST_F(Answers, FollowAllPages) {
  const Outcome outcome = Run({"list", "events", "--page-size", "10", "--all"});
  EXPECT_EQ(Lines(outcome.out).size(), 64) << "63 events and the heading";
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(Answers, UseColorOnlyWhereItIsWanted) {
  const std::vector<std::string> words = {"dossier", "russia", "japan"};
  EXPECT_THAT(Run(words, {.terminal = 80}).out, HasSubstr("\x1b[1m"));
  EXPECT_THAT(Run(words, {.terminal = 80, .variables = {{"NO_COLOR", "1"}}}).out,
              Not(HasSubstr("\x1b")));
  EXPECT_THAT(Run(words).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(Run({"dossier", "russia", "japan", "--color", "always"}).out, HasSubstr("\x1b[1m"));
  EXPECT_THAT(Run({"dossier", "russia", "japan", "--color", "never"}, {.terminal = 80}).out,
              Not(HasSubstr("\x1b")));
}

TEST_F(Answers, KeepLongAndWideValuesWhole) {
  std::string kanji;
  for (int i = 0; i < 160; ++i) kanji += "野田佳";
  const std::string line =
      absl::StrCat(R"({"name": "people/wide", "names": [{"id": "a", "text": ")", kanji, "\"}]}");
  ASSERT_EQ(Run({"apply", "-f", "-"}, {.input = line}).exit, 0);
  EXPECT_THAT(Run({"list", "people"}).out, HasSubstr(kanji));
  const Outcome terminal = Run({"list", "people"}, {.terminal = 80});
  for (const std::string& shown : Lines(terminal.out)) EXPECT_LE(DisplayWidth(shown), 80);
  EXPECT_EQ(Run({"delete", "people/wide"}).exit, 0);
}

TEST_F(Answers, SuggestNamesThatExist) {
  EXPECT_THAT(Run({"get", "people/nda"}).err, HasSubstr("did you mean people/noda?"));
  EXPECT_THAT(Run({"dossier", "rusia", "japan"}).err, HasSubstr("did you mean states/russia?"));
}

TEST_F(Answers, PointAtThePlaceInAFilter) {
  EXPECT_THAT(Run({"list", "events", "--filter", "mode = PHON"}).err,
              HasSubstr("  filter: mode = PHON\n                 ^\n"));
}

TEST_F(Answers, PointAtThePlaceInAFilterOfManyBytes) {
  EXPECT_THAT(Run({"list", "events", "--filter", "title = \"日本\" AND mode = PHON"}).err,
              HasSubstr("  filter: title = \"日本\" AND mode = PHON\n"
                        "                                    ^\n"));
}

TEST_F(Answers, PointAtThePlaceInAMask) {
  const std::string line = R"({"name": "people/noda"})";
  EXPECT_THAT(Run({"apply", "-f", "-", "--update-mask", "names.a.txet"}, {.input = line}).err,
              HasSubstr("  path: names.a.txet\n                ^\n"));
  EXPECT_THAT(Run({"edit", "people/noda", "--set", "names.a.txet=x", "--note", "x"}).err,
              HasSubstr("  --set: names.a.txet=x\n                 ^\n"));
}

TEST_F(Answers, PointAtThePlaceInAName) {
  EXPECT_THAT(Run({"get", "people/Noda"}).err,
              HasSubstr("  name: people/Noda\n               ^\n  did you mean people/noda?\n"));
  EXPECT_THAT(Run({"get", "poeple/noda"}).err, HasSubstr("  NAME: poeple/noda\n        ^\n"));
  EXPECT_THAT(Run({"get", "people/"}).err, HasSubstr("  NAME: people/\n               ^\n"));
  EXPECT_THAT(Run({"get", "people/-noda"}).err,
              HasSubstr("  name: people/-noda\n               ^\n"));
  EXPECT_THAT(Run({"get", "people/noda-"}).err,
              HasSubstr("  name: people/noda-\n                   ^\n"));
}

TEST_F(Answers, SayWhatToDoWhereOthersCameFirst) {
  EXPECT_THAT(Run({"delete", "people/noda", "--etag", "stale"}).err, HasSubstr("\n  what to do: "));
  EXPECT_THAT(Run({"get", "people/nda"}).err, Not(HasSubstr("what to do")));
}

TEST_F(Answers, GoBackInTime) {
  const Outcome now = Run({"get", "people/noda", "--output", "jsonl"});
  const auto fields = ParseJson(now.out).struct_value().fields();
  const std::string then = fields.at("updateTime").string_value();
  ASSERT_EQ(Run({"delete", "people/noda", "--note", "by mistake"}).exit, 0);
  EXPECT_THAT(Run({"get", "people/noda"}).out, HasSubstr("delete_time: "));
  EXPECT_EQ(Run({"get", "people/noda", "--known-at", then, "--output", "jsonl"}).out, now.out);
  ASSERT_EQ(Run({"undelete", "people/noda"}).exit, 0);
  const Outcome history = Run({"history", "people/noda"});
  EXPECT_EQ(Lines(history.out).size(), 4);
  EXPECT_THAT(history.out, HasSubstr("by mistake"));
}

// A record that was made later is not taken for a misspelling, and others are not proposed for it.
TEST_F(Answers, SayWhatIsOnRecordSinceThen) {
  const std::string then = "2020-01-01";
  const auto made = ParseJson(Run({"get", "people/noda", "--output", "json"}).out).struct_value();
  const std::string since = made.fields().at("createTime").string_value();
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"get", "people/noda", "--known-at", then},
        {"get", "people/noda", "people/putin", "--known-at", then},
        {"history", "people/noda", "--known-at", then}}) {
    const Outcome outcome = Run(words);
    EXPECT_EQ(outcome.exit, 3);
    EXPECT_THAT(outcome.err, HasSubstr(absl::StrCat("\n  on record since ", since, "\n")));
    EXPECT_THAT(outcome.err, Not(HasSubstr("did you mean")));
  }
  EXPECT_THAT(Run({"get", "people/nda"}).err, Not(HasSubstr("on record since")));
}

TEST_F(Answers, OfACheckHaveNoTimeOfAChange) {
  const Outcome now = Run({"get", "people/noda", "--output", "jsonl"});
  const Outcome checked = Run({"apply", "-f", "-", "--validate-only"}, {.input = now.out});
  EXPECT_EQ(Lines(checked.out).back(), "people/noda\tvalid\t");
  const Outcome done = Run({"apply", "-f", "-"}, {.input = now.out});
  EXPECT_THAT(Lines(done.out).back(), StartsWith("people/noda\tupdated\t20"));
}

TEST_F(Answers, MeetARequirementOrDoNot) {
  const auto check = [](const std::string& of, const std::string& day, const std::string& least,
                        const std::string& page_size = "50") {
    return Run({"who", of, "--on", day, "--require", least, "--page-size", page_size}).exit;
  };
  EXPECT_EQ(check("posts/jp-pm", "2012-06-18", "CERTAIN"), 0);
  EXPECT_EQ(check("posts/jp-pm", "2012-03-05", "CERTAIN"), 1) << "implied";
  EXPECT_EQ(check("posts/jp-pm", "2012-03-05", "IMPLIED"), 0);
  EXPECT_EQ(check("posts/jp-pm", "2012-06-18", "POSSIBLE"), 0) << "certain is more than possible";
  EXPECT_EQ(check("posts/jp-pm", "1901-01-01", "POSSIBLE"), 1) << "unknown";
  // Every post has to meet it, on whatever page: that of the first one does.
  EXPECT_EQ(check("japan", "2012-03-05", "POSSIBLE"), 1);
  const Outcome all = Run({"who", "japan", "--on", "2012-03-05"});
  const Outcome paged =
      Run({"who", "japan", "--on", "2012-03-05", "--require", "POSSIBLE", "--page-size", "1"});
  EXPECT_EQ(paged.out, all.out);
  EXPECT_THAT(paged.err, IsEmpty());
  EXPECT_EQ(check("posts/jp-pm", "2012-06-18", "SURE"), 2);
}

TEST_F(Answers, PointAtThePlaceInADate) {
  const std::string line = R"({"name": "people/x", "birth": {"edtf": "1956-13"}})";
  EXPECT_THAT(Run({"apply", "-f", "-", "--validate-only"}, {.input = line}).err,
              HasSubstr("birth.edtf: 1956-13\n"));
}

TEST_F(Answers, WhatComesOutGoesIn) {
  const Outcome out = Run({"list", "people", "--output", "jsonl", "--page-size", "3"});
  const Outcome in = Run({"apply", "-f", "-", "--validate-only"}, {.input = out.out});
  EXPECT_EQ(in.exit, 0) << in.err;
  EXPECT_EQ(Lines(in.out).size(), 4);
}

TEST_F(Answers, RepeatUnderOneRequestIdChangesNothingAgain) {
  const std::string id = "11111111-1111-4111-8111-111111111111";
  const std::vector<std::string> words = {"delete", "people/putin", "--request-id",
                                          id,       "--output",     "jsonl"};
  const Outcome first = Run(words);
  EXPECT_EQ(first.exit, 0) << first.err;
  EXPECT_EQ(Run(words).out, first.out);
  EXPECT_EQ(Run({"undelete", "people/putin"}).exit, 0);
}

TEST_F(Answers, WaitForARegisterOnlyAsLongAsTold) {
  const Outcome outcome =
      RunCommand({"health", "--ready", "--wait", "100ms", "--address", DeadAddress()});
  EXPECT_EQ(outcome.exit, 4);
  EXPECT_LT(outcome.took, absl::Seconds(5));
}

TEST_F(Answers, WaitForASilentRegisterOnlyAsLongAsTold) {
  const testing::Listener nobody;
  const Outcome outcome =
      RunCommand({"get", "people/noda", "--timeout", "100ms", "--address", nobody.address()});
  EXPECT_EQ(outcome.exit, 4);
  EXPECT_GE(outcome.took, absl::Milliseconds(100));
  EXPECT_LT(outcome.took, absl::Seconds(5));
  // Twin: whoever may take longer does.
  EXPECT_GE(
      RunCommand({"get", "people/noda", "--timeout", "1s", "--address", nobody.address()}).took,
      absl::Seconds(1));
}

TEST_F(Answers, TakeTheAddressFromTheFlagBeforeTheVariable) {
  const Surroundings dead{.variables = {{"CHANCERY_ADDRESS", DeadAddress()}}};
  EXPECT_EQ(RunCommand({"health"}, dead).exit, 4);
  EXPECT_EQ(RunCommand({"health", "--address", record_->address()}, dead).exit, 0);
  EXPECT_EQ(RunCommand({"--address", record_->address(), "health"}, dead).exit, 0);
}

// The words of a line as a shell would see them; single quotes only.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  const std::vector<std::string> quoted = absl::StrSplit(line, '\'');
  for (size_t i = 0; i < quoted.size(); ++i) {
    if (i % 2 == 1) {
      words.push_back(quoted[i]);
      continue;
    }
    for (const absl::string_view word : absl::StrSplit(quoted[i], ' ', absl::SkipEmpty())) {
      words.emplace_back(word);
    }
  }
  return words;
}

TEST_F(Answers, ComeFromTheExamplesOfTheHelp) {
  for (const Command& command : AllCommands()) {
    // Those need a file or a pipe.
    if (command.name == "import" || command.name == "restore" || command.name == "apply") continue;
    // Those need a file or a pipe, or the document.
    if (command.name == "import" || command.name == "apply" || command.name == "source load" ||
        command.name == "source text") {
      continue;
    }
    std::vector<std::string> words = ShellWords(command.example);
    ASSERT_EQ(words.front(), "chancery");
    words.erase(words.begin());
    const Outcome outcome = Run(words);
    EXPECT_EQ(outcome.exit, 0) << command.example << "\n" << outcome.err;
  }
}

TEST_F(Answers, UnderstandACommandInTheMiddleOfFlags) {
  EXPECT_EQ(Run({"--output", "json", "list", "people"}).exit, 0);
  EXPECT_EQ(Run({"list", "--page-size=2", "people"}).exit, 0);
}

}  // namespace
}  // namespace chancery::ctl
