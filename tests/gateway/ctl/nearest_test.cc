#include <cctype>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/types/v1/place.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/explanations.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"

// Whoever mistypes a letter is told what was meant: the right name is among the three proposed for
// at least 95 in 100 of all slips, in each kind of name.

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

// All words with one letter left out, doubled, replaced, or swapped with its neighbour.
Words Typos(const std::string& word) {
  Words typos;
  for (size_t i = 0; i < word.size(); ++i) {
    if (std::isalpha(static_cast<unsigned char>(word[i])) == 0) continue;
    typos.push_back(word.substr(0, i) + word.substr(i + 1));
    typos.push_back(word.substr(0, i) + word[i] + word.substr(i));
    typos.push_back(word.substr(0, i) + "q" + word.substr(i + 1));
    if (i + 1 < word.size() && word[i] != word[i + 1]) {
      typos.push_back(word.substr(0, i) + word[i + 1] + word[i] + word.substr(i + 2));
    }
  }
  return typos;
}

class Nearest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { record_ = TestRegister::WithRecord().release(); }
  static void TearDownTestSuite() { delete record_; }

  // Fails the test unless at least so many slips were asked about, and almost all understood.
  ~Nearest() override {
    EXPECT_GE(asked_, least_);
    EXPECT_GE(known_, asked_ * 95 / 100) << known_ << " of " << asked_;
  }

  // Runs words that have a slip in what should be `right`.
  void Ask(const std::string& right, Words words, const std::string& input = "") {
    words.insert(words.end(), {"--output", "json"});
    const Outcome outcome = RunCommand(
        words, {.input = input, .variables = {{"CHANCERY_ADDRESS", record_->address()}}});
    if (outcome.exit != 2 && outcome.exit != 3) return;  // there is such a name too
    const auto status = ParseJson(outcome.err).struct_value().fields();
    const auto& info = status.at("details").list_value().values(0).struct_value().fields();
    const auto& metadata = info.at("metadata").struct_value().fields();
    const auto found = metadata.find("nearest");
    const std::string nearest =
        found == metadata.end() ? "" : absl::StrCat(",", found->second.string_value(), ",");
    ++asked_;
    if (absl::StrContains(nearest, absl::StrCat(",", right, ","))) ++known_;
  }

  static TestRegister* record_;
  int least_ = 0;

 private:
  int asked_ = 0;
  int known_ = 0;
};

TestRegister* Nearest::record_ = nullptr;

TEST_F(Nearest, Command) {
  least_ = 200;
  for (const Command& command : AllCommands()) {
    for (const std::string& typo : Typos(command.name)) Ask(command.name, {typo});
  }
}

TEST_F(Nearest, Kind) {
  least_ = 200;
  for (const Kind& kind : Kinds()) {
    for (const std::string& typo : Typos(kind.collection)) Ask(kind.collection, {"list", typo});
  }
}

TEST_F(Nearest, Flag) {
  least_ = 200;
  for (const Command& command : AllCommands()) {
    if (command.name != "list" && command.name != "apply") continue;
    for (const struct Flag& flag : FlagsOf(command)) {
      const std::string name = flag.name.substr(2);
      const std::string value = flag.value.empty() ? "" : "=1";
      for (const std::string& typo : Typos(name)) {
        Ask(flag.name, {command.name, absl::StrCat("--", typo, value)});
      }
    }
  }
}

TEST_F(Nearest, ChoiceOfAFlag) {
  least_ = 100;
  for (const std::string right : {"CREATED", "CORRECTED", "RETRACTED", "SUPERSEDED", "MERGED"}) {
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"delete", "people/noda", "--kind", typo});
    }
  }
}

TEST_F(Nearest, FieldOfALine) {
  least_ = 200;
  const auto* event = events::v1::Event::descriptor();
  for (int i = 0; i < event->field_count(); ++i) {
    const std::string& right = event->field(i)->json_name();
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"apply", "-f", "-", "--validate-only"},
          absl::StrCat(R"({"name": "events/x", ")", typo, R"(": {}})"));
    }
  }
}

TEST_F(Nearest, EnumOfALine) {
  least_ = 200;
  const auto* kinds = events::v1::Event::Kind_descriptor();
  for (int i = 1; i < kinds->value_count(); ++i) {
    const std::string& right = kinds->value(i)->name();
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"apply", "-f", "-", "--validate-only"},
          absl::StrCat(R"({"name": "events/x", "kind": ")", typo, R"("})"));
    }
  }
}

TEST_F(Nearest, FieldOfAFilter) {
  least_ = 50;
  for (const std::string right : {"title", "participants", "agreements", "series"}) {
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"list", "events", "--filter", absl::StrCat(typo, ":x")});
    }
  }
}

TEST_F(Nearest, EnumOfAFilter) {
  least_ = 200;
  const auto* kinds = events::v1::Event::Kind_descriptor();
  for (int i = 1; i < kinds->value_count(); ++i) {
    const std::string& right = kinds->value(i)->name();
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"list", "events", "--filter", absl::StrCat("kind = ", typo)});
    }
  }
}

TEST_F(Nearest, PathOfAMask) {
  least_ = 200;
  const auto* event = events::v1::Event::descriptor();
  for (int i = 0; i < event->field_count(); ++i) {
    const std::string& right = event->field(i)->name();
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"apply", "-f", "-", "--validate-only", "--update-mask", typo},
          R"({"name": "events/2009-05-putin-japan"})");
    }
  }
}

TEST_F(Nearest, PathOfAnEdit) {
  least_ = 200;
  const auto* venue = types::v1::Venue::descriptor();
  for (int i = 0; i < venue->field_count(); ++i) {
    const std::string right = absl::StrCat("venue.", venue->field(i)->name());
    for (const std::string& typo : Typos(venue->field(i)->name())) {
      Ask(right, {"edit", "events/2009-05-putin-japan", "--note", "x", "--validate-only", "--set",
                  absl::StrCat("venue.", typo, "=x")});
    }
  }
}

TEST_F(Nearest, ElementOfAMask) {
  least_ = 30;
  const std::string right = "participants.matvienko";
  for (const std::string& typo : Typos("matvienko")) {
    Ask(right,
        {"apply", "-f", "-", "--validate-only", "--update-mask",
         absl::StrCat("participants.", typo, ".role")},
        R"({"name": "events/2012-01-matvienko-japanese-leaders"})");
  }
}

TEST_F(Nearest, EnumOfAnEdit) {
  least_ = 200;
  const auto* kinds = events::v1::Event::Kind_descriptor();
  for (int i = 1; i < kinds->value_count(); ++i) {
    const std::string& right = kinds->value(i)->name();
    for (const std::string& typo : Typos(right)) {
      Ask(right, {"edit", "events/2009-05-putin-japan", "--note", "x", "--validate-only", "--set",
                  absl::StrCat("kind=", typo)});
    }
  }
}

TEST_F(Nearest, Account) {
  least_ = 40;
  const std::string visit = "events/2009-05-putin-japan";
  ASSERT_EQ(RunCommand({"claim", visit, "time=2009-06", "--source", "sources/founding-brief",
                        "--address", record_->address()})
                .exit,
            0);
  for (const std::string& typo : Typos("founding-brief")) {
    Ask("founding-brief", {"deprecate", visit, typo, "--because", "DUPLICATE"});
  }
}

TEST_F(Nearest, Reason) {
  least_ = 200;
  for (const Explanation& row : Explanations()) {
    const std::string right = types::v1::ErrorReason_Name(row.reason);
    for (const std::string& typo : Typos(right)) Ask(right, {"explain", typo});
  }
}

TEST_F(Nearest, Reference) {
  least_ = 15;
  for (const std::string& typo : Typos("japan")) {
    Ask("states/japan",
        {"edit", "people/noda", "--note", "x", "--set", absl::StrCat("state=states/", typo)});
  }
}

TEST_F(Nearest, Id) {
  least_ = 200;
  for (const std::string kind : {"people", "states"}) {
    const Outcome all =
        RunCommand({"list", kind, "--output", "jsonl", "--address", record_->address()});
    for (const std::string& line : Lines(all.out)) {
      const std::string right = ParseJson(line).struct_value().fields().at("name").string_value();
      for (const std::string& typo : Typos(right.substr(kind.size() + 1))) {
        Ask(right, {"get", absl::StrCat(kind, "/", typo)});
      }
    }
  }
}

}  // namespace
}  // namespace chancery::ctl
