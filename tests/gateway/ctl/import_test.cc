#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
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
  friend bool operator==(const Counts&, const Counts&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Counts& counts) {
    return out << counts.created << " created, " << counts.unchanged << " unchanged, "
               << counts.refused << " refused";
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
    }
    EXPECT_EQ(outcome.exit, counts.refused == 0 ? 0 : 3) << outcome.out;
    return counts;
  }

  std::string Digest() {
    const Outcome outcome = Run({"health", "--full", "--output", "json"});
    return ParseJson(outcome.out).struct_value().fields().at("digest").string_value();
  }

  const std::unique_ptr<TestRegister> register_ = TestRegister::Empty();
};

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
  EXPECT_THAT(outcome.out, HasSubstr("people\t2\t0\t"));
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

TEST_F(ImportTest, DoesNotOverwriteWhatSaysSomethingElse) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  const std::string changed = R"({"name": "people/p1", "names": [{"id": "a", "text": "Q"}]})";
  const Outcome outcome = Run({"import", "-"}, changed);
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_THAT(outcome.err, HasSubstr("[IMPORT_CONFLICT]"));
  EXPECT_THAT(Run({"get", "people/p1"}).out, HasSubstr("text: P\n"));
}

TEST_F(ImportTest, LeavesARecordAloneThatWasEditedSince) {
  EXPECT_EQ(Import({"-"}, Person(1)), (Counts{1, 0, 0}));
  const Outcome edit = Run({"apply", "-f", "-", "--update-mask", "names"},
                           R"({"name": "people/p1", "names": [{"id": "a", "text": "Edited"}]})");
  EXPECT_EQ(edit.exit, 0) << edit.err;
  EXPECT_EQ(Import({"-"}, Person(1) + Person(2)), (Counts{1, 1, 0}));
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

}  // namespace
}  // namespace chancery::ctl
