#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"
#include "tests/support/process.h"

namespace chancery::ctl {
namespace {

using ::testing::HasSubstr;

struct Counts {
  int created = 0;
  int unchanged = 0;
  int refused = 0;
  int updated = 0;
  int accounts = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Counts& counts) {
    return out << counts.created << " created, " << counts.unchanged << " unchanged, "
               << counts.refused << " refused, " << counts.updated << " updated, "
               << counts.accounts << " accounts";
  }
};

class ImportTest : public ::testing::Test {
 protected:
  Outcome Run(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--address", register_->address()});
    return RunCommand(words, {.input = input});
  }

  // The sum over all kinds.
  Counts Import(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.begin(), "import");
    words.insert(words.end(), {"--output", "json"});
    const Outcome outcome = Run(words, input);
    Counts counts;
    const auto report = ParseJson(outcome.out).struct_value();
    if (report.fields().count("kinds") == 0) {
      ADD_FAILURE() << outcome.out << outcome.err;
      return counts;
    }
    for (const auto& kind : report.fields().at("kinds").list_value().values()) {
      const auto& row = kind.struct_value().fields();
      counts.created += static_cast<int>(row.at("created").number_value());
      counts.unchanged += static_cast<int>(row.at("unchanged").number_value());
      counts.refused += static_cast<int>(row.at("refused").number_value());
      counts.updated += static_cast<int>(row.at("updated").number_value());
      counts.accounts += static_cast<int>(row.at("accounts").number_value());
    }
    EXPECT_EQ(outcome.exit, counts.refused == 0 ? 0 : 3) << outcome.out;
    return counts;
  }

  // By a curator, of Person(1).
  void Edit() {
    const Outcome edit = Run({"apply", "-f", "-", "--update-mask", "names"},
                             R"({"name": "people/p1", "names": [{"id": "a", "text": "Edited"}]})");
    EXPECT_EQ(edit.exit, 0) << edit.err;
  }

  std::string Digest() {
    const Outcome outcome = Run({"health", "--full", "--output", "json"});
    return ParseJson(outcome.out).struct_value().fields().at("digest").string_value();
  }

  std::unique_ptr<TestRegister> register_ = TestRegister::Empty();
};

// Tokens say nothing but where they were made, and whose.
std::string WithoutSeals(const std::string& text) {
  static const auto& token = *new std::regex("\"(token|nextPageToken)\": ?\"[^\"]*\"");
  return std::regex_replace(text, token, "\"$1\":\"\"");
}

std::string Person(int i) {
  return absl::StrCat(R"({"name": "people/p)", i, R"(", "names": [{"id": "a", "text": "P"}]})",
                      "\n");
}

TEST_F(ImportTest, TakesTheWholeRecordAndThenNothingMore) {
  const Counts first = Import({testing::RecordFolder()});
  EXPECT_GT(first.created, 150);
  EXPECT_EQ(first.refused, 0);
  const std::string digest = Digest();
  EXPECT_EQ(Import({testing::RecordFolder()}), (Counts{0, first.created, 0}));
  // Under other request ids, since the batches are others.
  EXPECT_EQ(Import({testing::RecordFolder(), "--dataset", "again"}), (Counts{0, first.created, 0}));
  EXPECT_EQ(Digest(), digest);
}

TEST_F(ImportTest, SendsMoreThanABatch) {
  std::string lines;
  for (int i = 0; i < 250; ++i) lines += Person(i);
  EXPECT_EQ(Import({"-"}, lines), (Counts{250, 0, 0}));
  // Half of a batch is known already.
  for (int i = 250; i < 280; ++i) lines += Person(i);
  EXPECT_EQ(Import({"-"}, lines), (Counts{30, 250, 0}));
}

TEST_F(ImportTest, ReportsBadLinesAndTakesTheOthers) {
  const std::string path = ::testing::TempDir() + "/bad.jsonl";
  std::ofstream(path) << Person(1) << "{\"name\": \"people/x\", \"namse\": []}\n"
                      << "\n"
                      << Person(2) << R"({"name": "people/y", "birth": {"edtf": "1956-13"}})"
                      << "\n"
                      << R"({"name": "people/z", "state": "states/nowhere"})"
                      << "\n"
                      << Person(1) << "not json\n";
  const Outcome outcome = Run({"import", path});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_THAT(outcome.out, HasSubstr("people\t2\t0\t0\t0\t"));
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:2: there is no field namse"));
  EXPECT_THAT(outcome.err, HasSubstr("(did you mean name or names?)"));
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:5: "));
  EXPECT_THAT(outcome.err, HasSubstr("[DATE_INVALID]"));
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:6: "));
  EXPECT_THAT(outcome.err, HasSubstr("[REFERENCE_NOT_FOUND]"));
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:7: "));
  EXPECT_THAT(outcome.err, HasSubstr("[BATCH_NAME_REPEATED]"));
  EXPECT_THAT(outcome.err, HasSubstr("bad.jsonl:8: "));
  EXPECT_EQ(Run({"get", "people/p1", "people/p2"}).exit, 0);
}

constexpr char kChanged[] = R"({"name": "people/p1", "names": [{"id": "a", "text": "Q"}]})";

TEST_F(ImportTest, AChangedLineUpdatesARecordThatNobodyEdited) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  EXPECT_EQ(Import({"-"}, kChanged), (Counts{0, 0, 0, 1, 0}));
  EXPECT_THAT(Run({"get", "people/p1"}).out, HasSubstr("text: Q\n"));
}

TEST_F(ImportTest, AChangedLineStandsBesideAnEdit) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  Edit();
  EXPECT_EQ(Import({"-"}, kChanged), (Counts{0, 0, 0, 0, 1}));
  EXPECT_EQ(Import({"-"}, kChanged), (Counts{0, 1, 0}));
  const std::string text = Run({"get", "people/p1", "--output", "jsonl"}).out;
  EXPECT_THAT(text, HasSubstr(R"("names":[{"id":"a","text":"Edited"}],"accounts")"));
  EXPECT_THAT(text, HasSubstr(R"("mask":"names","value":{"names":[{"id":"a","text":"Q"}]})"));
}

TEST_F(ImportTest, WhatNoAccountCanSayIsAConflict) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  Edit();
  const Outcome outcome = Run({"import", "-"}, R"({"name": "people/p1"})");
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_THAT(outcome.err, HasSubstr("[IMPORT_CONFLICT]"));
  EXPECT_THAT(Run({"get", "people/p1"}).out, HasSubstr("text: Edited\n"));
}

TEST_F(ImportTest, LeavesARecordAloneThatWasEditedSince) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  Edit();
  EXPECT_EQ(Import({"-"}, Person(1) + Person(2)), (Counts{1, 1, 0}));
  EXPECT_THAT(Run({"get", "people/p1"}).out, HasSubstr("text: Edited"));
}

TEST_F(ImportTest, KnowsARecordThatWasReplacedAsAWhole) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  const Outcome edit = Run({"apply", "-f", "-"},
                           R"({"name": "people/p1", "names": [{"id": "a", "text": "Edited"}]})");
  EXPECT_EQ(edit.exit, 0) << edit.err;
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{0, 1, 0}));
  EXPECT_EQ(Import({"-"}, kChanged), (Counts{0, 0, 0, 0, 1}));
  EXPECT_THAT(Run({"get", "people/p1"}).out, HasSubstr("text: Edited"));
}

TEST_F(ImportTest, TakesRecordsThatReferToEachOther) {
  const std::string circle =
      R"({"name": "events/e", "kind": "SIGNING", "agreements": ["agreements/a"]})"
      "\n"
      R"({"name": "agreements/a", "kind": "TREATY",
          "acts": [{"id": "s", "action": "SIGNATURE", "event": "events/e"}]})";
  std::string lines = circle;
  lines.erase(lines.find("\"TREATY\",") + 9, 1);  // the line feed inside the second record
  EXPECT_EQ(Import({"-"}, lines), (Counts{2, 0, 0}));
  EXPECT_THAT(Run({"get", "agreements/a"}).out, HasSubstr("event: events/e"));
  EXPECT_THAT(Run({"get", "events/e"}).out, HasSubstr("agreements: agreements/a"));
  EXPECT_EQ(Import({"-"}, lines), (Counts{0, 2, 0}));
  EXPECT_EQ(Import({"-", "--dataset", "again"}, lines), (Counts{0, 2, 0}));
}

TEST_F(ImportTest, NotesWhereARecordComesFrom) {
  EXPECT_EQ(Import({"-", "--dataset", "mine"}, Person(1)), (Counts{1, 0, 0}));
  const std::string text = Run({"get", "people/p1"}).out;
  EXPECT_THAT(text, HasSubstr("dataset: mine\n"));
  EXPECT_THAT(text, HasSubstr("key: people/p1\n"));
  EXPECT_THAT(text, HasSubstr("line_digest: sha256:"));
}

TEST_F(ImportTest, OfNothingIsDone) { EXPECT_EQ(Import({"-"}), (Counts{0, 0, 0})); }

std::string State(const std::string& name, const std::string& successor = "") {
  const std::string link =
      successor.empty()
          ? ""
          : absl::StrCat(R"(,"successions":[{"id":"s","successor":"states/)", successor, R"("}])");
  return absl::StrCat(R"({"name":"states/)", name, "\"", link, "}\n");
}

TEST_F(ImportTest, ALineWaitsForWhatComesLater) {
  EXPECT_EQ(Import({"-"}, State("a", "b") + State("b", "c") + State("c", "d") + State("d")),
            (Counts{4, 0, 0}));
}

TEST_F(ImportTest, NothingIsMadeForTheSakeOfALineThatNeverComes) {
  // a and b refer to each other, b to nothing as well; c and d only to each other.
  const std::string b = R"({"name":"states/b","successions":[{"id":"s","successor":"states/a"},)"
                        R"({"id":"t","successor":"states/nowhere"}]})"
                        "\n";
  EXPECT_EQ(Import({"-"}, State("a", "b") + b + State("c", "d") + State("d", "c")),
            (Counts{2, 0, 2}));
  EXPECT_EQ(Run({"list", "states", "--output", "jsonl"}).out.find("states/a\""), std::string::npos);
  // Once the other is there, they go in.
  EXPECT_EQ(Import({"-"}, State("nowhere") + State("a", "b") + b), (Counts{3, 0, 0}));
}

TEST_F(ImportTest, SaysWhenTooMuchWaits) {
  const Outcome outcome =
      Run({"import", "-", "--max-waiting", "0"}, State("a", "b") + State("b") + State("c"));
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_THAT(outcome.err, HasSubstr("-:1: "));
  EXPECT_THAT(outcome.err, HasSubstr("[IMPORT_SPILL_FULL]"));
  EXPECT_EQ(Run({"get", "states/b", "states/c"}).exit, 0);
  EXPECT_EQ(Import({"-"}, State("a", "b")), (Counts{1, 0, 0}));
}

TEST_F(ImportTest, RejectsCanBeMendedAndImported) {
  const std::string path = ::testing::TempDir() + "/rejects.jsonl";
  std::string lines;
  for (int i = 0; i < 1200; ++i) {
    lines += i % 100 == 7 ? absl::StrCat(R"({"name": "people/p)", i,
                                         R"(", "birth": {"edtf": "1956-13"}})", "\n")
                          : Person(i);
  }
  EXPECT_EQ(Import({"-", "--dataset", "mine", "--rejects", path}, lines), (Counts{1188, 0, 12}));
  std::ifstream file(path);
  std::string mended;
  int rejects = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.front() == '#') {
      EXPECT_THAT(line, HasSubstr(absl::StrCat("\"line\":", rejects * 100 + 8, ",")));
      EXPECT_THAT(line, HasSubstr("\"reason\":\"DATE_INVALID\""));
      ++rejects;
    }
    const size_t bad = line.find("-13\"");
    if (line.front() == '{' && bad != std::string::npos) line.replace(bad, 4, "-12\"");
    mended += line + "\n";
  }
  EXPECT_EQ(rejects, 12);
  EXPECT_EQ(Import({"-"}, mended), (Counts{12, 0, 0}));
  EXPECT_THAT(Run({"get", "people/p7"}).out, HasSubstr("dataset: mine\n"));
  EXPECT_EQ(Import({"-"}, mended), (Counts{0, 12, 0}));
}

// The same register is the same export: every live record, byte for byte, in the order of names.
// The digest that `health` shows is of another question: it counts the place of each write, and so
// differs where the same lines came in another order.
class SplitImport : public ImportTest {
 protected:
  // Deals the lines of the record out to files, in any order; returns their paths, in any order.
  std::vector<std::string> Deal(std::vector<std::string> lines, size_t files, unsigned seed) {
    std::mt19937 random(seed);
    std::shuffle(lines.begin(), lines.end(), random);
    std::vector<std::string> texts(files);
    for (const std::string& line : lines) texts[random() % files] += line + "\n";
    return Write(texts, seed);
  }

  std::vector<std::string> Write(const std::vector<std::string>& texts, unsigned seed) {
    std::vector<std::string> paths;
    for (size_t i = 0; i < texts.size(); ++i) {
      paths.push_back(absl::StrCat(::testing::TempDir(), "/split-", seed, "-", i, ".jsonl"));
      std::ofstream(paths.back()) << texts[i];
    }
    return paths;
  }

  // All lines of the record, those of a circle too.
  static std::vector<std::string> AllLines() {
    std::vector<std::string> lines = {
        R"({"name": "states/a", "successions": [{"id": "s", "successor": "states/b"}]})",
        R"({"name": "states/b", "successions": [{"id": "s", "successor": "states/a"}]})"};
    for (const auto& file : std::filesystem::directory_iterator(testing::RecordFolder())) {
      if (file.path().extension() != ".jsonl") continue;
      std::ifstream stream(file.path());
      for (std::string line; std::getline(stream, line);) lines.push_back(line);
    }
    // What a folder lists first is nobody's order.
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  // Imports into an empty register.
  struct Result {
    Counts counts;
    std::string exported;
    std::string digest;
  };
  Result ImportIntoEmpty(std::vector<std::string> paths) {
    register_ = TestRegister::Empty();
    paths.insert(paths.end(), {"--dataset", "brief"});
    Result result;
    result.counts = Import(std::move(paths));
    result.exported = Run({"export"}).out;
    result.digest = Digest();
    return result;
  }
};

TEST_F(SplitImport, FilesInAnyOrderAreTheSameRegister) {
  const std::vector<std::string> lines = AllLines();
  const Result whole = ImportIntoEmpty(Write({absl::StrJoin(lines, "\n")}, 0));
  EXPECT_EQ(whole.counts.refused, 0);
  EXPECT_EQ(Lines(whole.exported).size(), lines.size());
  std::set<std::string> digests = {whole.digest};
  for (const unsigned seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const std::vector<std::string> paths = Deal(lines, 2 + 3 * seed, seed);
    const Result split = ImportIntoEmpty(paths);
    EXPECT_EQ(split.counts.refused, 0);
    EXPECT_TRUE(split.exported == whole.exported);
    digests.insert(split.digest);
    // And once more, in yet another order.
    std::vector<std::string> again(paths.rbegin(), paths.rend());
    again.insert(again.end(), {"--dataset", "brief"});
    EXPECT_EQ(Import(again), (Counts{0, static_cast<int>(lines.size()), 0}));
    EXPECT_EQ(Digest(), split.digest);
  }
  EXPECT_EQ(digests.size(), 4u) << "orders of writes that are the same";
}

// Nothing stands before what it refers to: the last file has all targets.
TEST_F(SplitImport, TargetsMayComeLast) {
  const std::vector<std::string> lines = AllLines();
  const std::vector<std::string> late = {"{\"name\": \"sources/", "{\"name\": \"states/",
                                         "{\"name\": \"people/", "{\"name\": \"posts/"};
  std::vector<std::string> texts(2);
  for (const std::string& line : lines) {
    const bool is_late = std::any_of(late.begin(), late.end(), [&](const std::string& start) {
      return absl::StartsWith(line, start);
    });
    texts[is_late ? 1 : 0] += line + "\n";
  }
  ASSERT_GT(texts[1].size(), 0u);
  const Result whole = ImportIntoEmpty(Write({absl::StrJoin(lines, "\n")}, 10));
  const Result reversed = ImportIntoEmpty(Write(texts, 11));
  EXPECT_EQ(reversed.counts.refused, 0);
  EXPECT_TRUE(reversed.exported == whole.exported);
  // Twin: one line that says something else is another register.
  texts[0].replace(texts[0].find("\"title\": \"") + 10, 0, "Not ");
  EXPECT_FALSE(ImportIntoEmpty(Write(texts, 12)).exported == whole.exported);
}

// A live record that refers to a deleted one is the one thing that a plain export can not bring
// back: it is refused and named, and the history has it.
TEST_F(ImportTest, APlainExportDoesNotBringBackWhatRefersToADeletedRecord) {
  EXPECT_EQ(Import({"-"}, State("a") + State("b", "a")), (Counts{2, 0, 0}));
  EXPECT_EQ(Run({"delete", "states/a"}).exit, 0);
  const std::string exported = Run({"export"}).out;
  const std::string history = Run({"export", "--history"}).out;
  const auto other = TestRegister::Empty();
  const auto at_other = [&](std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--address", other->address()});
    return RunCommand(words, {.input = input});
  };
  const Outcome plain = at_other({"import", "-"}, exported);
  EXPECT_EQ(plain.exit, 3);
  EXPECT_THAT(plain.err, HasSubstr("-:1: "));
  EXPECT_THAT(plain.err, HasSubstr("[REFERENCE_NOT_FOUND]"));
  EXPECT_EQ(at_other({"restore", "-"}, history).exit, 0);
  EXPECT_TRUE(at_other({"export"}).out == exported);
}

TEST_F(ImportTest, WhatComesOutGoesIn) {
  EXPECT_EQ(Import({testing::RecordFolder()}).refused, 0);
  // By hand, without an origin; a record that was edited; one that is gone.
  Run({"apply", "-f", "-"}, R"({"name": "people/p1", "names": [{"id": "a", "text": "P"}]})");
  Run({"apply", "-f", "-", "--update-mask", "names"},
      R"({"name": "people/noda", "names": [{"id": "c", "text": "Other"}]})");
  Run({"apply", "-f", "-"}, R"({"name": "people/gone", "names": [{"id": "a", "text": "P"}]})");
  Run({"delete", "people/gone"});
  const std::string exported = Run({"export"}).out;
  EXPECT_THAT(exported, HasSubstr("\"people/p1\""));
  EXPECT_THAT(exported, Not(HasSubstr("\"people/gone\"")));
  const auto other = TestRegister::Empty();
  const auto at_other = [&](std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--address", other->address()});
    return RunCommand(words, {.input = input});
  };
  // In any order, and twice.
  std::vector<std::string> lines = Lines(exported);
  std::shuffle(lines.begin(), lines.end(), std::mt19937(7));
  for (int times = 0; times < 2; ++times) {
    const Outcome outcome = at_other({"import", "-"}, absl::StrJoin(lines, "\n"));
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_TRUE(at_other({"export"}).out == exported);
  }
}

TEST_F(ImportTest, AHistoryComesBackWithItsMoments) {
  EXPECT_EQ(Import({testing::RecordFolder()}).refused, 0);
  const auto now = [] {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  };
  std::vector<std::string> moments = {"2020-01-01", now()};
  const std::vector<std::vector<std::string>> changes = {
      {"delete", "people/okada", "--note", "a test", "--principal", "me"},
      {"undelete", "people/okada"},
      {"delete", "people/okada"}};
  for (const auto& change : changes) {
    EXPECT_EQ(Run(change).exit, 0);
    moments.push_back(now());
  }
  const std::string history = Run({"export", "--history"}).out;
  EXPECT_THAT(history, HasSubstr("\"note\":\"a test\""));
  const auto other = TestRegister::Empty();
  const auto at_other = [&](std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--address", other->address()});
    return RunCommand(words, {.input = input});
  };
  // One that broke off, between two changes as it does, is run again.
  const auto moment_at = [&](size_t line) { return history.substr(line, 48); };
  size_t half = history.find('\n', history.size() / 2) + 1;
  for (size_t last = half; moment_at(last) == moment_at(half);) half = history.find('\n', half) + 1;
  EXPECT_EQ(at_other({"restore", "-"}, history.substr(0, half)).exit, 0);
  const Outcome restored = at_other({"restore", "-"}, history);
  EXPECT_EQ(restored.exit, 0) << restored.err;
  EXPECT_TRUE(at_other({"export", "--history"}).out == history);
  for (const std::string& moment : moments) {
    for (std::vector<std::string> words :
         std::vector<std::vector<std::string>>{{"export"},
                                               {"get", "people/okada"},
                                               {"list", "people"},
                                               {"dossier", "russia", "japan"}}) {
      words.insert(words.end(), {"--known-at", moment, "--output", "json"});
      const Outcome here = Run(words);
      const Outcome there = at_other(words);
      EXPECT_TRUE(WithoutSeals(there.out) == WithoutSeals(here.out)) << words.front() << moment;
      EXPECT_EQ(there.exit, here.exit);
    }
  }
  const Outcome digest = at_other({"health", "--full", "--output", "json"});
  EXPECT_EQ(ParseJson(digest.out).struct_value().fields().at("digest").string_value(), Digest());
  // What was written since is not written over.
  EXPECT_EQ(at_other({"undelete", "people/okada"}).exit, 0);
  EXPECT_EQ(at_other({"restore", "-"}, history).exit, 0);
  EXPECT_EQ(Run({"undelete", "people/okada", "--note", "else"}).exit, 0);
  const Outcome refused = at_other({"restore", "-"}, Run({"export", "--history"}).out);
  EXPECT_EQ(refused.exit, 3);
  EXPECT_THAT(refused.err, HasSubstr("[STORE_NOT_EMPTY]"));
}

}  // namespace
}  // namespace chancery::ctl
