// The command line before eyes and in a pipe: the binary on real terminals of two widths, against a
// register that has the record.

#include "tests/system/terminal.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gateway/ctl/print/text_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/system/deployment.h"

namespace chancery {
namespace {

using testing::BinaryPath;
using testing::Chancery;
using testing::Finished;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::LinesOf;
using ::testing::Not;
using testing::RunOnTerminal;
using testing::Screen;
using testing::ServerProcess;
using ::testing::StartsWith;
using testing::WithoutEscapes;
using Words = std::vector<std::string>;

class Terminal : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto server = ServerProcess::Start(
        {BinaryPath("deploy/allinone/chancery"), "serve", "--ephemeral", "--port", "0"});
    ASSERT_THAT(server, IsOk());
    server_ = server->release();
    ASSERT_EQ(InPipe({"import", testing::RecordFolder()}).exit_code, 0);
    moment_ = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  }
  static void TearDownTestSuite() { delete server_; }

  static Words Asking(Words words) {
    words.insert(words.end(), {"--address", server_->address()});
    return words;
  }

  static Finished InPipe(const Words& words) { return Chancery(Asking(words)); }

  // `variables` are like NO_COLOR=1.
  static Screen OnTerminal(const Words& words, int columns, const Words& variables = {}) {
    Words all = {"/usr/bin/env", "-u", "NO_COLOR"};
    all.insert(all.end(), variables.begin(), variables.end());
    all.push_back(BinaryPath("deploy/allinone/chancery"));
    const Words asking = Asking(words);
    all.insert(all.end(), asking.begin(), asking.end());
    return RunOnTerminal(all, columns);
  }

  static ServerProcess* server_;
  static std::string moment_;
};

std::string Terminal::moment_;
ServerProcess* Terminal::server_ = nullptr;

// What shows tables, dossiers, timelines and records, all of it at once and as of one moment.
std::vector<Words> Views(const std::string& moment) {
  return {
      {"list", "events", "--page-size", "500"},
      {"list", "tenures", "--page-size", "500"},
      {"dossier", "russia", "japan", "--page-size", "500", "--known-at", moment},
      {"timeline", "russia", "japan", "--page-size", "500", "--known-at", moment},
      {"who", "japan", "--on", "2012-06-18"},
      {"get", "events/2009-05-putin-japan"},
      {"get", "people/noda", "people/putin"},
      {"history", "people/noda"},
  };
}

// What is there to be seen, in no order: a table's cells go on beside each other.
std::string Letters(const std::string& text) {
  std::string letters;
  for (const char c : WithoutEscapes(text)) {
    if (c != ' ' && c != '\n' && c != '\t') letters += c;
  }
  std::sort(letters.begin(), letters.end());
  return letters;
}

// How many a view shows in a pipe: rows below a heading, or entries with their citations.
int CountOf(const std::string& command, const std::string& text) {
  if (command != "timeline") return static_cast<int>(LinesOf(text).size()) - 1;
  int count = 0;
  for (const std::string& line : LinesOf(text)) {
    if (absl::StrContains(line, " · events/")) ++count;
  }
  return count;
}

// What a terminal shows but for the line that says that a list is complete.
std::string WithoutEnd(const std::string& text) {
  std::vector<std::string> lines = LinesOf(text);
  if (!lines.empty() && absl::EndsWith(lines.back(), " shown, no more")) lines.pop_back();
  return absl::StrJoin(lines, "\n");
}

int Widest(const std::string& text) {
  int widest = 0;
  for (const std::string& line : LinesOf(WithoutEscapes(text))) {
    widest = std::max(widest, ctl::DisplayWidth(line));
  }
  return widest;
}

TEST_F(Terminal, EverythingFitsAndNothingIsCut) {
  for (const Words& words : Views(moment_)) {
    SCOPED_TRACE(absl::StrJoin(words, " "));
    const Finished piped = InPipe(words);
    EXPECT_EQ(piped.exit_code, 0) << piped.err;
    for (const int columns : {80, 200}) {
      const Screen screen = OnTerminal(words, columns);
      EXPECT_EQ(screen.exit_code, 0);
      EXPECT_LE(Widest(screen.text), columns);
      EXPECT_EQ(Letters(WithoutEnd(screen.text)), Letters(piped.out));
    }
  }
}

// Twin: in a pipe lines are as long as they are.
TEST_F(Terminal, APipeIsNotFitted) {
  EXPECT_GT(Widest(InPipe({"list", "events"}).out), 80);
  EXPECT_GT(Widest(InPipe({"dossier", "russia", "japan"}).out), 80);
}

TEST_F(Terminal, HasTheColumnsOfThePipe) {
  const std::string piped = LinesOf(InPipe({"list", "tenures"}).out).front();
  const std::string shown = LinesOf(OnTerminal({"list", "tenures"}, 200).text).front();
  EXPECT_EQ(Words(absl::StrSplit(piped, '\t')),
            Words(absl::StrSplit(shown, ' ', absl::SkipEmpty())));
}

TEST_F(Terminal, ATableKeepsItsColumnsInOneLine) {
  const std::vector<std::string> lines =
      LinesOf(WithoutEnd(OnTerminal({"who", "japan"}, 200).text));
  const size_t title = lines.front().find("title");
  ASSERT_NE(title, std::string::npos);
  for (const std::string& line : lines) {
    EXPECT_EQ(line.substr(title - 2, 2), "  ") << line;
    EXPECT_NE(line[title], ' ') << line;
  }
}

TEST_F(Terminal, APipeGetsNoEscapes) {
  for (const Words& words : Views(moment_)) {
    const Finished piped = InPipe(words);
    EXPECT_EQ((piped.out + piped.err).find('\x1b'), std::string::npos) << words.front();
  }
  const Finished help = Chancery({"help", "list"});
  EXPECT_EQ((help.out + help.err).find('\x1b'), std::string::npos);
}

TEST_F(Terminal, HasColorUnlessItIsNotWanted) {
  const Words words = {"dossier", "russia", "japan"};
  const std::string bold = "\x1b[1m";
  EXPECT_THAT(OnTerminal(words, 80).text, HasSubstr(bold));
  EXPECT_THAT(OnTerminal(words, 80, {"NO_COLOR=1"}).text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(OnTerminal(words, 80, {"NO_COLOR="}).text, HasSubstr(bold));
  const Words always = {"dossier", "russia", "japan", "--color", "always"};
  EXPECT_THAT(OnTerminal(always, 80, {"NO_COLOR=1"}).text, HasSubstr(bold));
  EXPECT_THAT(InPipe(always).out, HasSubstr(bold));
  const Words never = {"dossier", "russia", "japan", "--color", "never"};
  EXPECT_THAT(OnTerminal(never, 80).text, Not(HasSubstr("\x1b")));
}

TEST_F(Terminal, AValueOfTenKilobytesSurvives) {
  std::string value;
  for (int i = 0; i < 1365; ++i) value += "\u91ce\u7530\u4f73";  // 4 095 characters, 12 285 bytes
  const std::string path = ::testing::TempDir() + "/wide.jsonl";
  std::ofstream(path) << R"({"name": "people/wide", "names": [{"id": "a", "text": ")" << value
                      << "\"}]}\n";
  ASSERT_EQ(InPipe({"apply", "-f", path}).exit_code, 0);
  EXPECT_THAT(InPipe({"list", "people"}).out, HasSubstr(value));
  for (const int columns : {80, 200}) {
    for (const Words& words : {Words{"list", "people"}, Words{"get", "people/wide"}}) {
      const Screen screen = OnTerminal(words, columns);
      EXPECT_LE(Widest(screen.text), columns);
      std::string kanji;
      for (const char c : screen.text) {
        if (static_cast<unsigned char>(c) >= 0x80) kanji += c;
      }
      EXPECT_THAT(kanji, HasSubstr(value));
    }
  }
  EXPECT_EQ(InPipe({"delete", "people/wide"}).exit_code, 0);
}

// A list that is one longer than its page says so at its end; one that is not says that too.
TEST_F(Terminal, SaysWhereAListEnds) {
  for (const Words& words :
       {Words{"list", "events"}, Words{"timeline", "russia", "japan"}, Words{"who", "japan"}}) {
    SCOPED_TRACE(words.front());
    const auto paged = [&](int size, Words more = {}) {
      more.insert(more.begin(), words.begin(), words.end());
      more.insert(more.end(), {"--page-size", absl::StrCat(size)});
      return more;
    };
    const auto all = InPipe(paged(500));
    ASSERT_EQ(all.err, "");
    const int count = CountOf(words.front(), all.out);
    const std::string footer =
        absl::StrCat(count - 1, " shown, there are more",
                     words.front() == "list" ? " · all: --all" : "", " · next: --page-token ");
    const Screen screen = OnTerminal(paged(count - 1), 80);
    EXPECT_THAT(LinesOf(screen.text).back(), StartsWith(footer));
    const Finished piped = InPipe(paged(count - 1));
    EXPECT_THAT(piped.err, StartsWith(footer));
    EXPECT_EQ(LinesOf(OnTerminal(paged(count), 80).text).back(),
              absl::StrCat(count, " shown, no more"));
    const std::string token = LinesOf(piped.err).back().substr(footer.size());
    const Finished rest = InPipe(paged(count - 1, {"--page-token", token}));
    EXPECT_EQ(CountOf(words.front(), rest.out), 1) << rest.out << rest.err;
  }
}

TEST_F(Terminal, SaysWhereASectionOfADossierEnds) {
  const Screen screen = OnTerminal({"dossier", "russia", "japan", "--page-size", "2"}, 80);
  EXPECT_THAT(screen.text, HasSubstr("2 of at least 2 shown · next: chancery timeline "));
  EXPECT_THAT(screen.text, HasSubstr("2 of at least 2 shown · next: chancery dossier states/russia "
                                     "states/japan --section AGREEMENTS --page-token "));
}

TEST_F(Terminal, ErrorsHaveNoEscapesEither) {
  const Screen screen = OnTerminal({"lst"}, 80);
  EXPECT_EQ(screen.exit_code, 2);
  EXPECT_EQ(screen.text.find('\x1b'), std::string::npos) << screen.text;
}

}  // namespace
}  // namespace chancery
