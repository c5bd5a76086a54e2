#include <map>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/commands.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"

// No flag is dead: each makes a difference to what is shown or to what is recorded. A flag without
// a row here fails the test.

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

constexpr char kNoda[] = "people/noda";
constexpr char kGone[] = "people/gone";
constexpr char kDisputed[] = "people/disputed";
constexpr char kSource[] = "sources/s";
constexpr char kOther[] = R"({"name": "people/noda", "names": [{"id": "c", "text": "Other"}]})";
constexpr char kLine[] = R"({"name": "people/noda", "names": [{"id": "b", "text": "Changed"}]})";

// The source of the text "hello".
constexpr char kNote[] = R"({"name": "sources/note", "codePoints": 5, "digest": "sha256:)"
                         R"(2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})";

// One command line, and the words that come to it with a flag.
struct Effect {
  Words without;
  Words with;
  std::string input = {};
};

using Effects = std::map<std::string, Effect>;  // by the flag's name

Effects AsOfEffects(const Words& words) {
  return {{"--known-at", {words, {"--known-at", "2020-01-01"}}},
          {"--token", {words, {"--token", "x"}}}};
}

Effects PageEffects(const Words& words) {
  return {{"--page-size", {words, {"--page-size", "1"}}},
          {"--page-token", {words, {"--page-token", "x"}}}};
}

Effects WriteEffects(const Words& words, const std::string& input = "") {
  return {{"--etag", {words, {"--etag", "stale"}, input}},
          {"--note", {words, {"--note", "why"}, input}},
          {"--kind", {words, {"--kind", "MERGED"}, input}},
          {"--request-id", {words, {"--request-id", "x"}, input}},
          {"--validate-only", {words, {"--validate-only"}, input}}};
}

Effects operator+(Effects first, const Effects& second) {
  first.insert(second.begin(), second.end());
  return first;
}

// Of commands that answer questions.
std::map<std::string, Effects> AnswerEffects() {
  const Words dossier = {"dossier", "russia", "japan"};
  const Words timeline = {"timeline", "russia", "japan"};
  const Words encounters = {"encounters", "lavrov", "gemba"};
  const Words who = {"who", "japan"};
  const Words status = {"status", "agreements/peace-treaty", "--on", "2012-09-08"};
  const Words get = {"get", kNoda};
  const Words cited = {"get", kDisputed};
  const Words list = {"list", "events"};
  const Words history = {"history", kNoda};
  return {
      {"dossier", AsOfEffects(dossier) +
                      Effects{{"--section", {dossier, {"--section", "TIMELINE"}}},
                              {"--page-size", {dossier, {"--page-size", "1"}}},
                              {"--page-token",
                               {{"dossier", "russia", "japan", "--section", "MATTERS"},
                                {"--page-token", "x"}}},
                              {"--exclude-predecessors", {dossier, {"--exclude-predecessors"}}},
                              {"--quotations", {dossier, {"--quotations"}}},
                              {"--valid-at", {dossier, {"--valid-at", "1980-01-01"}}}}},
      {"timeline", AsOfEffects(timeline) + PageEffects(timeline) +
                       Effects{{"--exclude-predecessors", {timeline, {"--exclude-predecessors"}}},
                               {"--quotations", {timeline, {"--quotations"}}},
                               {"--overlaps", {timeline, {"--overlaps", "2009-05"}}},
                               {"--within", {timeline, {"--within", "2009-05"}}},
                               {"--valid-at", {timeline, {"--valid-at", "1980-01-01"}}}}},
      {"encounters", AsOfEffects(encounters) + PageEffects(encounters) +
                         Effects{{"--quotations", {encounters, {"--quotations"}}},
                                 {"--valid-at", {encounters, {"--valid-at", "1980-01-01"}}}}},
      {"who", AsOfEffects(who) + PageEffects(who) +
                  Effects{{"--on", {who, {"--on", "2012-06-18"}}},
                          {"--require",
                           {{"who", "japan", "--on", "2012-06-18"}, {"--require", "CERTAIN"}}}}},
      {"status", AsOfEffects(status) + Effects{{"--on", {status, {"--on", "1950-01-01"}}},
                                               {"--require", {status, {"--require", "IN_FORCE"}}},
                                               {"--explain", {status, {"--explain"}}}}},
      {"get", AsOfEffects(get) + Effects{{"--quotations", {cited, {"--quotations"}}},
                                         {"--valid-at", {get, {"--valid-at", "x"}}}}},
      {"list", AsOfEffects(list) + PageEffects(list) +
                   Effects{{"--filter", {list, {"--filter", "kind = MEETING"}}},
                           {"--order-by", {list, {"--order-by", "time desc"}}},
                           {"--show-deleted", {list, {"--show-deleted"}}},
                           {"--all", {{"list", "events", "--page-size", "2"}, {"--all"}}},
                           {"--valid-at", {list, {"--valid-at", "2012-01-01"}}}}},
      {"history", AsOfEffects(history) + PageEffects(history) +
                      Effects{{"--all", {{"history", kNoda, "--page-size", "1"}, {"--all"}}}}},
  };
}

// Of commands that read and write whole data sets and documents.
std::map<std::string, Effects> DocumentEffects() {
  const Words import = {"import", "-"};
  const Words load = {"source", "load", "note", "-"};
  const Words text = {"source", "text", "note"};
  const Words segments = {"source", "segments", "founding-brief"};
  const Words quote = {"source", "quote", kNoda};
  // All on one page: a page token has the moment in it.
  const Words coverage = {"source", "coverage", "founding-brief", "--page-size", "100"};
  const std::string new_line = R"({"name": "people/new", "names": [{"id": "a", "text": "A"}]})";
  const std::string waiting = R"({"name": "people/new", "state": "states/later"})"
                              "\n"
                              R"({"name": "states/later"})";
  return {
      {"import",
       {{"--dataset", {import, {"--dataset", "mine"}, new_line}},
        {"--rejects", {import, {"--rejects", "/no/such/folder/rejects"}, new_line}},
        {"--max-waiting", {import, {"--max-waiting", "0"}, waiting}},
        {"--note", {import, {"--note", "why"}, new_line}}}},
      {"export", AsOfEffects({"export"}) + Effects{{"--history", {{"export"}, {"--history"}}}}},
      {"restore", {}},
      {"source load",
       {{"--segments", {load, {"--segments", "/no/such/file"}, "hello"}},
        {"--note", {load, {"--note", "why"}, "hello"}}}},
      {"source text", AsOfEffects(text) + Effects{{"--start", {text, {"--start", "1"}}},
                                                  {"--end", {text, {"--end", "3"}}}}},
      {"source segments", AsOfEffects(segments) + PageEffects(segments)},
      {"source quote", AsOfEffects(quote)},
      {"source coverage", AsOfEffects(coverage) + PageEffects(coverage) +
                              Effects{{"--uncited", {coverage, {"--uncited"}}},
                                      {"--records", {coverage, {"--records"}}}}},
  };
}

// Of commands that change a record.
std::map<std::string, Effects> RecordEffects() {
  const Words apply = {"apply", "-f", "-"};
  const Words edit = {"edit", kNoda, "--set", "birth=1950", "--note", "x"};
  const Words claim = {"claim", kNoda, "death=2001", "--source", kSource};
  const Words deprecate = {"deprecate", kDisputed, "s", "--because", "DUPLICATE"};
  return {
      {"apply", WriteEffects(apply, kOther) +
                    Effects{{"--file", {apply, {"-f", "/no/such/file"}, kOther}},
                            {"--update-mask", {apply, {"--update-mask", "state"}, kOther}}}},
      {"delete", WriteEffects({"delete", kNoda}) +
                     Effects{{"--allow-missing", {{"delete", kGone}, {"--allow-missing"}}}}},
      {"undelete", WriteEffects({"undelete", kGone})},
      {"edit", WriteEffects(edit) + Effects{{"--set", {edit, {"--set", "death=2000"}}}}},
      {"diff", AsOfEffects({"diff", kNoda})},
      {"claim", WriteEffects(claim) + Effects{{"--source", {claim, {"--source", "sources/none"}}},
                                              {"--account", {claim, {"--account", "other"}}},
                                              {"--rank", {claim, {"--rank", "PREFERRED"}}},
                                              {"--basis", {claim, {"--basis", "DERIVED"}}},
                                              {"--reason", {claim, {"--reason", "why"}}},
                                              {"--cite", {claim, {"--cite", "1-9"}}}}},
      {"conflicts", AsOfEffects({"conflicts"})},
      {"deprecate", WriteEffects(deprecate) +
                        Effects{{"--because", {deprecate, {"--because", "NOW_KNOWN_WRONG"}}},
                                {"--reason", {deprecate, {"--reason", "why"}}}}},
  };
}

// Of all the others.
std::map<std::string, Effects> OtherEffects() {
  const Words dossier = {"dossier", "russia", "japan"};
  const Words get = {"get", kNoda};
  const Words health = {"health"};
  return {
      {"explain", {}},
      {"completion", {}},
      {"complete", {}},
      {"health", {{"--ready", {health, {"--ready"}}}, {"--full", {health, {"--full"}}}}},
      {"help", {{"--man", {{"help"}, {"--man"}}}}},
      {"version", {}},
      // Those of every command.
      {"",
       {{"--output", {get, {"--output", "json"}}},
        {"--color", {dossier, {"--color", "always"}}},
        {"--address", {get, {"--address", DeadAddress()}}},
        {"--principal", {{"delete", kNoda}, {"--principal", "me"}}}}},
  };
}

std::map<std::string, Effects> AllEffects() {
  std::map<std::string, Effects> all;
  for (auto effects : {AnswerEffects, DocumentEffects, RecordEffects, OtherEffects}) {
    all.merge(effects());
  }
  return all;
}

// What can be told from time alone; see Answers.Wait….
const std::set<std::string>& Untold() {
  static const auto& untold = *new std::set<std::string>{"health --wait", " --timeout"};
  return untold;
}

// Moments differ from run to run.
std::string WithoutMoments(const std::string& text) {
  static const auto& moment = *new std::regex("[0-9-]{10}T[0-9:.]+Z");
  return std::regex_replace(text, moment, "MOMENT");
}

class Flags : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    record_ = TestRegister::WithRecord().release();
    EXPECT_EQ(Run(record_->address(), {"apply", "-f", "-"}, kNote).exit, 0);
    EXPECT_EQ(Run(record_->address(), {"source", "load", "note", "-"}, "hello").exit, 0);
  }
  static void TearDownTestSuite() { delete record_; }

  static Outcome Run(const std::string& address, Words words, const std::string& input = "") {
    return RunCommand(words, {.input = input, .variables = {{"CHANCERY_ADDRESS", address}}});
  }

  // A register of three people, one deleted, one with an account that contests it; and of a source
  // without its text.
  static std::unique_ptr<TestRegister> ThreePeople() {
    auto made = TestRegister::Empty();
    for (const char* name : {kNoda, kGone, kDisputed}) {
      const std::string line =
          absl::StrCat(R"({"name": ")", name, R"(", "names": [{"id": "a", "text": "A"}]})");
      EXPECT_EQ(Run(made->address(), {"apply", "-f", "-"}, line).exit, 0);
    }
    EXPECT_EQ(Run(made->address(), {"delete", kGone}).exit, 0);
    EXPECT_EQ(Run(made->address(), {"apply", "-f", "-"}, kNote).exit, 0);
    const std::string source = absl::StrCat(R"({"name": ")", kSource, R"(", "title": "S"})");
    EXPECT_EQ(Run(made->address(), {"apply", "-f", "-"}, source).exit, 0);
    EXPECT_EQ(Run(made->address(), {"edit", kDisputed, "--set", "birth=1956", "--note", "x"}).exit,
              0);
    const Words claim = {"claim", kDisputed, "birth=1957", "--source", kSource, "--cite", "1-9"};
    EXPECT_EQ(Run(made->address(), claim).exit, 0);
    // A second revision, for pages of a history.
    EXPECT_EQ(Run(made->address(), {"apply", "-f", "-", "--update-mask", "names"}, kLine).exit, 0);
    return made;
  }

  // Everything that comes of a command line: what it shows, and what is recorded afterwards.
  static std::string Trace(const Words& words, const std::string& input) {
    const std::string& command = words.front();
    const bool is_read = command == "dossier" || command == "timeline" || command == "encounters" ||
                         command == "who" || command == "status" || command == "list" ||
                         (command == "source" && words[1] != "load");
    const auto own = is_read ? nullptr : ThreePeople();
    const std::string& address = is_read ? record_->address() : own->address();
    const Outcome outcome = Run(address, words, input);
    std::string trace = absl::StrCat(outcome.exit, "\n", outcome.out, outcome.err);
    if (is_read) return WithoutMoments(trace);
    for (const char* name : {kNoda, kGone, kDisputed, "people/new", "chunks/note-0000"}) {
      for (const char* view : {"get", "history"}) {
        absl::StrAppend(&trace, Run(address, {view, name}).out);
      }
    }
    return WithoutMoments(trace);
  }

  static TestRegister* record_;
};

TestRegister* Flags::record_ = nullptr;

TEST_F(Flags, HaveRows) {
  const auto effects = AllEffects();
  const auto expect_row = [&](const std::string& command, const struct Flag& flag) {
    const bool untold = Untold().count(absl::StrCat(command, " ", flag.name)) > 0;
    ASSERT_EQ(effects.count(command), 1) << command;
    EXPECT_NE(effects.at(command).count(flag.name) > 0, untold) << command << " " << flag.name;
  };
  for (const Command& command : AllCommands()) {
    for (const auto& flag : command.flags) expect_row(command.name, flag);
  }
  for (const auto& flag : CommonFlags()) expect_row("", flag);
  for (const auto& flag : RegisterFlags()) expect_row("", flag);
}

TEST_F(Flags, MakeADifference) {
  for (const auto& [command, effects] : AllEffects()) {
    for (const auto& [flag, effect] : effects) {
      SCOPED_TRACE(absl::StrCat(absl::StrJoin(effect.without, " "), " ", flag));
      Words with = effect.without;
      with.insert(with.end(), effect.with.begin(), effect.with.end());
      const std::string without = Trace(effect.without, effect.input);
      EXPECT_NE(Trace(with, effect.input), without);
      // Twin: without the flag there is no difference.
      EXPECT_EQ(Trace(effect.without, effect.input), without);
    }
  }
}

}  // namespace
}  // namespace chancery::ctl
