// The record of the brief with its document loaded and without. The document lies beside the tree;
// without it the tests are skipped, unless REQUIRE_TEST_DATA=1.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/agreements/v1/matter_requests.pb.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "deploy/allinone/embedded_record.h"
#include "deploy/allinone/register.h"
#include "gateway/citations/find_citations.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/source/document.h"
#include "gateway/ctl/source/load.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery::brief {
namespace {

using gateway::v1::SourceCoverage;
using ::testing::AllOf;
using testing::HasMetadata;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsOk;
using types::v1::Citation;
using types::v1::Quotation;

constexpr char kSource[] = "sources/founding-brief";

std::string Data() { return std::string(std::getenv("CHANCERY_SOURCE_DIR")) + "/../shared/brief"; }

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// How many citations the files of the record have.
int CitationsInTheRecord() {
  int count = 0;
  for (const allinone::EmbeddedFile& file : allinone::EmbeddedRecord()) {
    std::istringstream text{std::string(file.text)};
    for (const ctl::ImportLine& line : ctl::ReadLines(text, "", "")) {
      const auto record = ctl::ReadRecord(line.text);
      EXPECT_THAT(record, IsOk());
      count += static_cast<int>(gateway::FindCitations(*record->message).size());
    }
  }
  return count;
}

class BriefDocument : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* required = std::getenv("REQUIRE_TEST_DATA");
    const bool is_required = required != nullptr && std::string(required) == "1";
    if (!std::filesystem::exists(Data() + "/brief.txt") && !is_required) {
      GTEST_SKIP() << Data() << " is not there";
    }
    const auto document = ctl::MakeDocument(ReadFile(Data() + "/brief.txt"));
    ASSERT_THAT(document, IsOk());
    document_ = *document;
    auto served = allinone::Register::Start({});
    ASSERT_THAT(served, IsOk());
    served_ = *std::move(served);
    caller_.emplace(served_->address());
    ASSERT_THAT(testing::ImportBrief(served_->address()), IsOk());
  }

  void Load() {
    ASSERT_THAT(testing::LoadBrief(served_->address(), Data() + "/brief.txt"), IsOk());
  }

  SourceCoverage Coverage() {
    gateway::v1::GetSourceCoverageRequest request;
    request.set_source(kSource);
    request.set_page_size(500);
    const auto coverage = caller_->Call<SourceCoverage>(
        "chancery.gateway.v1.GatewayService/GetSourceCoverage", request);
    EXPECT_THAT(coverage, IsOk());
    return coverage.ok() ? *coverage : SourceCoverage();
  }

  // A citation of these words, which stand in the document once or first there.
  Citation Cite(const std::string& words) const {
    const size_t byte = document_.text.find(words);
    EXPECT_NE(byte, std::string::npos) << words;
    Citation citation;
    citation.set_id("c1");
    citation.set_source(kSource);
    citation.set_digest(document_.digest);
    citation.set_start(ctl::MakeDocument(document_.text.substr(0, byte))->code_points);
    citation.set_end(citation.start() + ctl::MakeDocument(words)->code_points);
    citation.set_exact(words);
    return citation;
  }

  absl::Status CreateMatter(const Citation& citation) {
    agreements::v1::CreateMatterRequest create;
    *create.mutable_matter()->add_citations() = citation;
    return caller_
        ->CallBytes("chancery.agreements.v1.AgreementsService/CreateMatter",
                    create.SerializeAsString())
        .status();
  }

  absl::Status CreateEvent(const Citation& citation) {
    events::v1::CreateEventRequest create;
    create.mutable_event()->set_kind(events::v1::Event::MEETING);
    *create.mutable_event()->add_citations() = citation;
    return caller_
        ->CallBytes("chancery.events.v1.EventsService/CreateEvent", create.SerializeAsString())
        .status();
  }

  Quotation Quote(Citation citation) {
    agreements::v1::ResolveCitationsRequest request;
    *request.add_citations() = std::move(citation);
    const auto reply = caller_->Call<agreements::v1::ResolveCitationsResponse>(
        "chancery.agreements.v1.AgreementsService/ResolveCitations", request);
    EXPECT_THAT(reply, IsOk());
    return reply.ok() ? reply->quotations(0) : Quotation();
  }

  ctl::Document document_;
  std::unique_ptr<allinone::Register> served_;
  std::optional<testing::Caller> caller_;
};

TEST_F(BriefDocument, LoadedVerifiesEveryCitationAndEverySentenceIsCited) {
  const int citations = CitationsInTheRecord();
  EXPECT_GT(citations, 323);
  SourceCoverage coverage = Coverage();
  EXPECT_EQ(coverage.not_loaded_count().value(), citations);
  EXPECT_EQ(coverage.verified_count().value(), 0);
  Load();
  coverage = Coverage();
  EXPECT_THAT(coverage.unreachable(), IsEmpty());
  EXPECT_EQ(coverage.segments_size(), 53);
  EXPECT_EQ(coverage.segment_count().value(), 53);
  EXPECT_EQ(coverage.uncited_count().value(), 0);
  for (const auto& segment : coverage.segments()) EXPECT_GT(segment.citations(), 0);
  EXPECT_EQ(coverage.citation_count().value(), citations);
  EXPECT_EQ(coverage.verified_count().value(), citations);
  EXPECT_EQ(coverage.mismatch_count().value(), 0);
  EXPECT_EQ(coverage.not_loaded_count().value(), 0);
}

TEST_F(BriefDocument, ItsSegmentsAreTheSentences) {
  std::ifstream table(Data() + "/sentences.tsv");
  const auto sentences = ctl::ReadSegments(table, document_, kSource);
  ASSERT_THAT(sentences, IsOk());
  agreements::v1::ListSegmentsRequest list;
  list.set_page_size(500);
  const auto page = caller_->Call<agreements::v1::ListSegmentsResponse>(
      "chancery.agreements.v1.AgreementsService/ListSegments", list);
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->segments_size(), 53);
  ASSERT_EQ(sentences->size(), 53u);
  for (int i = 0; i < 53; ++i) {
    const auto& recorded = page->segments(i);
    const auto& read = (*sentences)[i];
    EXPECT_EQ(recorded.name(), read.name());
    EXPECT_EQ(recorded.digest(), read.digest());
    EXPECT_EQ(recorded.start(), read.start());
    EXPECT_EQ(recorded.end(), read.end());
    EXPECT_EQ(recorded.paragraph(), read.paragraph());
  }
}

TEST_F(BriefDocument, RefusesACitationOfOtherWords) {
  Citation other = Cite("USSR");
  other.set_exact("USSA");
  // The twin: nothing to compare with.
  EXPECT_THAT(CreateMatter(other), IsOk());
  EXPECT_THAT(CreateEvent(other), IsOk());
  Load();
  EXPECT_THAT(CreateMatter(Cite("USSR")), IsOk());
  EXPECT_THAT(CreateEvent(Cite("USSR")), IsOk());
  EXPECT_THAT(CreateMatter(other), HasReason(types::v1::CITATION_MISMATCH));
  EXPECT_THAT(CreateEvent(other), HasReason(types::v1::CITATION_MISMATCH));
  // What was accepted before is reported.
  const SourceCoverage coverage = Coverage();
  EXPECT_EQ(coverage.mismatch_count().value(), 2);
  for (const auto& one : coverage.mismatches()) EXPECT_EQ(one.rule(), "slice_digest");
}

TEST_F(BriefDocument, RefusesACitationThatIsCountedInBytesAfterTheFirstDash) {
  const size_t dash = document_.text.find("\u2013");
  ASSERT_NE(dash, std::string::npos);
  const size_t word = document_.text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", dash);
  const std::string words = document_.text.substr(word, 40);
  Citation right = Cite(words);
  Citation bytes = right;
  bytes.set_start(static_cast<int>(document_.text.find(words)));
  bytes.set_end(bytes.start() + right.end() - right.start());
  ASSERT_EQ(bytes.start(), right.start() + 2);
  // The twin.
  EXPECT_THAT(CreateEvent(bytes), IsOk());
  Load();
  EXPECT_THAT(CreateMatter(bytes), HasReason(types::v1::CITATION_MISMATCH));
  EXPECT_THAT(CreateEvent(bytes), HasReason(types::v1::CITATION_MISMATCH));
  EXPECT_THAT(CreateEvent(right), IsOk());
  EXPECT_EQ(Quote(right).text(), words);
  EXPECT_EQ(Quote(right).start_byte(), static_cast<int>(document_.text.find(words)));
}

TEST_F(BriefDocument, LoadsNoOtherDocument) {
  std::string altered = document_.text;
  altered[10] = altered[10] == 'x' ? 'y' : 'x';
  const ctl::Client client = ctl::Client::Dial({.address = served_->address()});
  EXPECT_THAT(ctl::LoadDocument(client, kSource, *ctl::MakeDocument(altered), {}, {}),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "digest")));
  EXPECT_EQ(Quote(Cite("USSR")).verification(), Quotation::TEXT_NOT_LOADED);
}

TEST_F(BriefDocument, LoadedAgainMakesNoRevision) {
  Load();
  storage::Store& store = served_->store("agreements");
  const uint64_t before = store.Latest().seq();
  std::ifstream table(Data() + "/sentences.tsv");
  const auto sentences = ctl::ReadSegments(table, document_, kSource);
  ASSERT_THAT(sentences, IsOk());
  const ctl::Client client = ctl::Client::Dial({.address = served_->address()});
  ASSERT_THAT(ctl::LoadDocument(client, kSource, document_, *sentences, {}), IsOk());
  EXPECT_EQ(store.Latest().seq(), before);
}

}  // namespace
}  // namespace chancery::brief
