// Documents at the command line: how they are cut, and what is shown of them.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/ctl/source/document.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"
#include "tests/support/status_matchers.h"

namespace chancery::ctl {
namespace {

using ::testing::AllOf;
using testing::HasMetadata;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(MakeDocument, CountsCodePointsAndTakesNothingButUtf8) {
  const auto document = MakeDocument("a\u2013\U0001F54A");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->code_points, 3);
  EXPECT_THAT(MakeDocument("caf\xe9"), HasReason(types::v1::TEXT_NOT_UTF8));
}

TEST(Cut, GoesBetweenCodePointsAndLosesNothing) {
  std::string text;
  for (int i = 0; i < 16'384 + 5; ++i) text += i % 2 == 0 ? "\u2013" : "\U0001F54A";
  const auto chunks = Cut(*MakeDocument(text), "sources/x");
  ASSERT_EQ(chunks.size(), 2u);
  EXPECT_EQ(chunks[0].name(), "chunks/x-0000");
  EXPECT_EQ(chunks[1].name(), "chunks/x-0001");
  EXPECT_EQ(chunks[1].previous(), "chunks/x-0000");
  EXPECT_EQ(chunks[1].start(), 16'384);
  EXPECT_EQ(chunks[1].start_byte(), 8'192 * 7);
  EXPECT_EQ(chunks[0].text() + chunks[1].text(), text);
  EXPECT_LE(chunks[0].text().size(), 64u << 10);
  EXPECT_THAT(Cut(*MakeDocument(""), "sources/x"), IsEmpty());
}

absl::StatusOr<std::vector<agreements::v1::Segment>> Segments(const std::string& table) {
  std::istringstream in(table);
  return ReadSegments(in, *MakeDocument("A \u2013 b. C."), "sources/x");
}

TEST(ReadSegments, CountsCodePointsForBytes) {
  const auto segments = Segments(
      "id\tparagraph\tstart_byte\tend_byte\ttext\nS1\t1\t0\t8\tA \u2013 b.\nS2\t2\t9\t11\tC.\n");
  ASSERT_TRUE(segments.ok()) << segments.status();
  ASSERT_EQ(segments->size(), 2u);
  EXPECT_EQ((*segments)[1].name(), "segments/x-s2");
  EXPECT_EQ((*segments)[1].start(), 7);
  EXPECT_EQ((*segments)[1].end(), 9);
  EXPECT_EQ((*segments)[1].paragraph(), 2);
  EXPECT_TRUE(Segments("end_byte\tstart_byte\tid\n8\t0\ts\n").ok());
}

TEST(ReadSegments, SaysWhichLineIsWrong) {
  const auto wrong = [](const std::string& table, const std::string& field,
                        const std::string& line) {
    EXPECT_THAT(Segments(table), AllOf(HasReason(types::v1::FIELD_INVALID),
                                       HasMetadata("field", field), HasMetadata("line", line)));
  };
  wrong("id\tstart_byte\n", "end_byte", "1");
  wrong("id\tstart_byte\tend_byte\ns\t4\t4\n", "end_byte", "2");
  wrong("id\tstart_byte\tend_byte\ns\t0\t3\n", "start_byte", "2");  // within the dash
  wrong("id\tstart_byte\tend_byte\ns\t0\t99\n", "start_byte", "2");
  wrong("id\tstart_byte\tend_byte\ttext\ns\t0\t8\tA \u2013 b.\ns\t9\t11\tD.\n", "text", "3");
}

class SourceCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    const Document document = *MakeDocument(kText);
    Write("text.txt", kText);
    Write("sentences.tsv", "id\tstart_byte\tend_byte\nS1\t0\t10\nS2\t11\t16\n");
    const std::string records = absl::StrCat(
        R"({"name": "sources/x", "codePoints": )", document.code_points, R"(, "digest": ")",
        document.digest, "\"}\n",
        R"({"name": "matters/right", "citations": [{"id": "c", "source": "sources/x", "start": 9,)"
        R"( "end": 14, "exact": "Word."}]})",
        "\n",
        R"({"name": "matters/wrong", "citations": [{"id": "c", "source": "sources/x", "start": 11,)"
        R"( "end": 16, "exact": "Word."}]})");
    EXPECT_EQ(Run({"import", "-"}, records).exit, 0);
  }

  static std::string Path(const std::string& name) {
    return absl::StrCat(::testing::TempDir(), "/source-commands-", name);
  }
  static void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(::testing::TempDir());
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  Outcome Run(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--address", register_->address()});
    return RunCommand(words, {.input = input});
  }

  static constexpr char kText[] = "One \u2013 a. Word.\n";
  const std::unique_ptr<TestRegister> register_ = TestRegister::Empty();
};

TEST_F(SourceCommands, WithoutTheTextSayThatItIsNotLoaded) {
  EXPECT_THAT(Run({"source", "quote", "matters/right"}).out, HasSubstr("TEXT_NOT_LOADED"));
  const Outcome text = Run({"source", "text", "x"});
  EXPECT_EQ(text.exit, 1);
  EXPECT_EQ(text.out, "");
  EXPECT_THAT(text.err, HasSubstr("TEXT_NOT_LOADED"));
}

TEST_F(SourceCommands, LoadVerifiesAndQuoteShowsTheWords) {
  const Outcome load =
      Run({"source", "load", "x", Path("text.txt"), "--segments", Path("sentences.tsv")});
  EXPECT_EQ(load.exit, 0) << load.err;
  EXPECT_THAT(load.out, HasSubstr("sources/x is loaded: 15 code points"));
  EXPECT_THAT(load.out, HasSubstr("1 verified, 1 mismatched, 0 without a text"));
  EXPECT_THAT(load.err, HasSubstr("matters/wrong citations.c: MISMATCH: span"));
  const std::string quotes = Run({"source", "quote", "matters/right", "matters/wrong"}).out;
  EXPECT_THAT(quotes, HasSubstr("matters/right\tcitations.c\t\tsources/x\t9-14\tWord."));
  EXPECT_THAT(quotes, HasSubstr("matters/wrong\tcitations.c\t\tsources/x\t11-16\tMISMATCH: span"));
  EXPECT_EQ(Run({"source", "text", "sources/x"}).out, kText);
  EXPECT_EQ(Run({"source", "text", "x", "--start", "4", "--end", "7"}).out, "\u2013 a");
  EXPECT_THAT(Run({"source", "segments", "x"}).out, HasSubstr("segments/x-s2\t0\t9-14\tWord."));
  const Outcome coverage = Run({"source", "coverage", "x", "--records"});
  EXPECT_THAT(coverage.out, HasSubstr("segments/x-s2\t9-14\t2\tmatters/right, matters/wrong"));
  EXPECT_THAT(coverage.err, HasSubstr("2 segments, 1 of them not cited"));
  EXPECT_THAT(Run({"source", "coverage", "x", "--uncited"}).out, Not(HasSubstr("segments/x-s2")));
}

TEST_F(SourceCommands, LoadingAgainChangesNothing) {
  const std::vector<std::string> load = {"source",         "load",       "x",
                                         Path("text.txt"), "--segments", Path("sentences.tsv")};
  ASSERT_EQ(Run(load).exit, 0);
  const std::string before = Run({"health", "--full"}).out;
  ASSERT_EQ(Run(load).exit, 0);
  EXPECT_EQ(Run({"health", "--full"}).out, before);
}

TEST_F(SourceCommands, LoadRefusesAnotherDocument) {
  Write("other.txt", "One \u2013 a. Ward.\n");
  const Outcome load = Run({"source", "load", "x", Path("other.txt")});
  EXPECT_EQ(load.exit, 3);
  EXPECT_THAT(load.err, HasSubstr("TEXT_MISMATCH"));
  EXPECT_EQ(Run({"list", "chunks"}).exit, 1);
}

TEST_F(SourceCommands, AreKnownByTwoWords) {
  EXPECT_THAT(Run({"source"}).err, HasSubstr("there is no command source"));
  const Outcome typo = RunCommand({"source", "laod"});
  EXPECT_EQ(typo.exit, 2);
  EXPECT_THAT(typo.err, HasSubstr("source load"));
  EXPECT_THAT(RunCommand({"help", "source", "load"}).out, HasSubstr("--segments"));
}

}  // namespace
}  // namespace chancery::ctl
