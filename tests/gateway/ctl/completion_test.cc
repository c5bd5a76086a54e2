#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/man_page.h"
#include "gateway/ctl/shell_script.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"
#include "tests/support/listener.h"

// What a shell may propose: from the command tree, and names on record while the register answers.

namespace chancery::ctl {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Words = std::vector<std::string>;

class Completion : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { record_ = TestRegister::WithRecord().release(); }
  static void TearDownTestSuite() { delete record_; }

  static Words Propose(Words words, const std::string& address = "") {
    words.insert(words.begin(), {"complete", "--"});
    const Outcome outcome = RunCommand(
        words,
        {.variables = {{"CHANCERY_ADDRESS", address.empty() ? record_->address() : address}}});
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_THAT(outcome.err, IsEmpty());
    return Lines(outcome.out);
  }

  static TestRegister* record_;
};

TestRegister* Completion::record_ = nullptr;

TEST_F(Completion, ProposesEveryCommandAndFlag) {
  EXPECT_THAT(Propose({""}), SizeIs(AllCommands().size()));
  for (const Command& command : AllCommands()) {
    EXPECT_THAT(Propose({command.name.substr(0, command.name.size() - 1)}), Contains(command.name));
    const Words flags = Propose({command.name, "--"});
    EXPECT_THAT(flags, SizeIs(FlagsOf(command).size())) << command.name;
    for (const Flag& flag : FlagsOf(command)) {
      EXPECT_THAT(flags, Contains(flag.name));
      if (flag.choices.empty()) continue;
      EXPECT_EQ(Propose({command.name, flag.name, ""}), flag.choices) << flag.name;
    }
  }
}

TEST_F(Completion, LeavesOutWhatIsGiven) {
  EXPECT_THAT(Propose({"list", "--all", "--a"}), ElementsAre("--address"));
  EXPECT_THAT(Propose({"edit", "people/noda", "--set", "birth=1957", "--s"}), ElementsAre("--set"));
}

TEST_F(Completion, KnowsWhichArgumentComes) {
  EXPECT_THAT(Propose({"list", "peo"}), ElementsAre("people"));
  EXPECT_THAT(Propose({"list", "--page-size", "7", "peo"}), ElementsAre("people"));
  EXPECT_THAT(Propose({"list", "people", "peo"}), IsEmpty()) << "there is one kind";
  EXPECT_THAT(Propose({"completion", ""}), ElementsAre("bash", "fish", "zsh"));
  EXPECT_THAT(Propose({"explain", "ETAG"}), ElementsAre("ETAG_MISMATCH"));
  EXPECT_THAT(Propose({"help", "und"}), ElementsAre("undelete"));
  EXPECT_THAT(Propose({"no-such-command", ""}), IsEmpty());
}

TEST_F(Completion, ProposesNamesOnRecord) {
  EXPECT_THAT(Propose({"get", "peo"}), ElementsAre("people/"));
  EXPECT_THAT(Propose({"get", "people/n"}), ElementsAre("people/naryshkin", "people/noda"));
  EXPECT_THAT(Propose({"get", "states/japan", "people/nod"}), ElementsAre("people/noda"));
  EXPECT_THAT(Propose({"dossier", "russia", "jap"}), ElementsAre("japan"));
  EXPECT_THAT(Propose({"who", "jap"}), ElementsAre("japan"));
  EXPECT_THAT(Propose({"who", "posts/jp-p"}), ElementsAre("posts/jp-pm"));
  EXPECT_THAT(Propose({"claim", "people/noda", "--source", "sources/f"}),
              ElementsAre("sources/founding-brief"));
  EXPECT_THAT(Propose({"get", "--address", record_->address(), "people/nod"}, DeadAddress()),
              ElementsAre("people/noda"))
      << "the address that is being typed counts";
}

TEST_F(Completion, IsSilentWhereNobodyAnswers) {
  EXPECT_THAT(Propose({"get", "people/n"}, DeadAddress()), IsEmpty());
  const testing::Listener nobody;
  const Outcome outcome = RunCommand({"complete", "--", "get", "people/n"},
                                     {.variables = {{"CHANCERY_ADDRESS", nobody.address()}}});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_THAT(outcome.out + outcome.err, IsEmpty());
  EXPECT_LT(outcome.took, absl::Seconds(2)) << "it gives up after 120 ms";
  // What needs no register is there all the same.
  EXPECT_THAT(Propose({"get", "peo"}, DeadAddress()), ElementsAre("people/"));
}

TEST(ShellScript, AsksForWhatIsTyped) {
  for (const std::string& shell : Shells()) {
    const std::string script = ShellScript(shell);
    EXPECT_THAT(script, HasSubstr("complete -- ")) << shell;
    EXPECT_THAT(script, HasSubstr("chancery completion " + shell)) << "how to read it";
  }
  EXPECT_THAT(ShellScript("csh"), IsEmpty());
}

TEST(ManPage, HasAllOfTheTree) {
  const std::string page = ManPage(AllCommands());
  EXPECT_THAT(page, ::testing::StartsWith(".TH CHANCERY 1 "));
  std::string plain = page;
  for (size_t at = 0; (at = plain.find("\\-", at)) != std::string::npos;) plain.erase(at, 1);
  for (const Command& command : AllCommands()) {
    EXPECT_THAT(plain, HasSubstr("\n.SS " + command.name + " "));
    EXPECT_THAT(plain, HasSubstr(command.summary));
    for (const Flag& flag : FlagsOf(command)) EXPECT_THAT(plain, HasSubstr(flag.name));
  }
}

}  // namespace
}  // namespace chancery::ctl
