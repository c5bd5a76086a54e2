// The record against the document that it cites, which lies beside the tree and not in it. Without
// the document these tests are skipped, unless REQUIRE_TEST_DATA=1.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "chancery/people/v1/organization.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/name.pb.h"
#include "tests/deploy/allinone/copied_text.h"
#include "tests/deploy/allinone/document.h"
#include "tests/deploy/allinone/record_files.h"

namespace chancery::record {
namespace {

namespace fs = std::filesystem;

using ::google::protobuf::Message;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr size_t kLongestRun = 60;

std::string SourceDir() { return std::getenv("CHANCERY_SOURCE_DIR"); }

bool DataIsRequired() {
  const char* required = std::getenv("REQUIRE_TEST_DATA");
  return required != nullptr && std::string(required) == "1";
}

class RecordDocumentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string path = SourceDir() + "/../shared/brief/brief.txt";
    if (!fs::exists(path) && !DataIsRequired()) GTEST_SKIP() << path << " is not there";
    auto document = ReadDocument(path);
    ASSERT_TRUE(document.ok()) << document.status();
    document_ = *std::move(document);
    auto lines = ReadRecord(SourceDir() + "/deploy/allinone/record");
    ASSERT_TRUE(lines.ok()) << lines.status();
    lines_ = *std::move(lines);
  }

  // Names of posts, organisations and agreements may be as long as they are.
  std::vector<std::u32string> Titles() {
    std::vector<std::u32string> titles;
    for (const Line& line : lines_) {
      const auto* type = line.message->GetDescriptor();
      if (type != people::v1::Post::descriptor() &&
          type != people::v1::Organization::descriptor() &&
          type != agreements::v1::Agreement::descriptor()) {
        continue;
      }
      VisitMessages(*line.message, [&](const std::string&, const Message& message) {
        if (message.GetDescriptor() != types::v1::Name::descriptor()) return;
        titles.push_back(CodePoints(static_cast<const types::v1::Name&>(message).text()));
      });
    }
    return titles;
  }

  std::unique_ptr<CopiedText> Copies() {
    return std::make_unique<CopiedText>(document_.text, Titles(), kLongestRun);
  }

  Document document_;
  std::vector<Line> lines_;
};

// Moves every span in `message` by `code_points`.
void Shift(Message& message, int code_points) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  const auto* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      Shift(*reflection->MutableMessage(&message, field), code_points);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Shift(*reflection->MutableRepeatedMessage(&message, field, i), code_points);
    }
  }
  if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
  auto& citation = static_cast<types::v1::Citation&>(message);
  citation.set_start(citation.start() + code_points);
  citation.set_end(citation.end() + code_points);
}

TEST_F(RecordDocumentTest, TheSourceIsTheDocument) {
  const auto& source = static_cast<const agreements::v1::Source&>(*lines_.front().message);
  EXPECT_EQ(source.digest(), document_.digest);
  EXPECT_EQ(static_cast<size_t>(source.code_points()), document_.text.size());
}

TEST_F(RecordDocumentTest, EverySliceIsWhatItsDigestSays) {
  int checked = 0;
  for (const Line& line : lines_) {
    EXPECT_THAT(CitationFaults(*line.message, document_, checked), IsEmpty()) << line.place;
  }
  EXPECT_GT(checked, 0);
  RecordProperty("citations", checked);
}

// Twin: the first en dash makes an offset counted in bytes run two ahead.
TEST_F(RecordDocumentTest, AnOffsetCountedInBytesIsReported) {
  const auto dash = static_cast<int>(document_.text.find(U'\u2013'));
  int checked = 0;
  for (const Line& line : lines_) {
    if (line.name != "agreements/1991-10-14-reciprocal-visits") continue;
    const auto& agreement = static_cast<const agreements::v1::Agreement&>(*line.message);
    ASSERT_GT(agreement.citations(0).start(), dash);
    std::unique_ptr<Message> shifted(line.message->New());
    shifted->CopyFrom(*line.message);
    Shift(*shifted, 2);
    const std::vector<std::string> faults = CitationFaults(*shifted, document_, checked);
    EXPECT_THAT(faults, Contains(HasSubstr("citations.c1 is not what")));
    EXPECT_THAT(faults, SizeIs(checked));
  }
  EXPECT_GT(checked, 0);
}

TEST_F(RecordDocumentTest, NoLongRunOfTheDocumentStandsInTheTree) {
  EXPECT_THAT(Copies()->RunsUnder(SourceDir()), IsEmpty());
}

// Twin: 61 code points in a file, wrapped and between other words, are found; 60 are not.
TEST_F(RecordDocumentTest, ALongRunIsReported) {
  const fs::path folder = fs::path(::testing::TempDir()) / "copied";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::string run = Utf8(document_.text.substr(200, kLongestRun + 1));
  const std::string allowed = Utf8(document_.text.substr(700, kLongestRun));
  std::ofstream(folder / "allowed.md") << "# " << allowed << "\u2026\n";
  EXPECT_THAT(Copies()->RunsUnder(folder.string()), IsEmpty());

  std::string wrapped = run;
  std::replace(wrapped.begin(), wrapped.end(), ' ', '\n');
  std::ofstream(folder / "copied.md") << "It says: \u00ab" << wrapped << "\u00bb\n";
  EXPECT_THAT(Copies()->RunsUnder(folder.string()), ElementsAre("copied.md: " + run));
  fs::remove_all(folder);
}

// The break between two paragraphs counts as it stands.
TEST_F(RecordDocumentTest, ALongRunOverTwoParagraphsIsReported) {
  const size_t end_of_paragraph = document_.text.find(U"\n\n");
  ASSERT_NE(end_of_paragraph, std::u32string::npos);
  const std::u32string run = document_.text.substr(end_of_paragraph - 30, kLongestRun + 1);
  EXPECT_THAT(Copies()->RunsIn(U"*" + run + U"*"), SizeIs(1));
}

// A title may stand in full, but not with the words around it.
TEST_F(RecordDocumentTest, ATitleIsExemptOnlyByItself) {
  const std::vector<std::u32string> titles = Titles();
  const auto longest = std::max_element(
      titles.begin(), titles.end(), [&](const std::u32string& a, const std::u32string& b) {
        const auto printed = [&](const std::u32string& title) {
          return document_.text.find(title) == std::u32string::npos ? 0 : title.size();
        };
        return printed(a) < printed(b);
      });
  ASSERT_GT(longest->size(), kLongestRun);
  EXPECT_THAT(Copies()->RunsIn(U"\"" + *longest + U"\""), IsEmpty());
  const size_t at = document_.text.find(*longest);
  EXPECT_THAT(Copies()->RunsIn(document_.text.substr(at - 1, longest->size() + 2)), SizeIs(1));
}

}  // namespace
}  // namespace chancery::record
