// Texts of sources and what citations quote of them, through the gateway, the real service and the
// real store.

#include "services/agreements/source_text.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/chunk_requests.pb.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/agreements/v1/matter_requests.pb.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "services/agreements/chunk_spec.h"
#include "services/agreements/matter_spec.h"
#include "services/agreements/segment_spec.h"
#include "services/agreements/source_spec.h"
#include "services/resource/text.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/status_matchers.h"

namespace chancery::agreements {
namespace {

using google::protobuf::util::TimeUtil;
using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::HasMetadata;
using testing::HasReason;
using testing::IsOk;
using types::v1::Citation;
using types::v1::Quotation;

constexpr char kSource[] = "sources/book";

// Two chunks and a bit, with characters of one to four bytes; "e" and an accent stay two.
std::string Book() {
  std::string text = "cafe\u0301 ";
  for (int i = 0; i < 4400; ++i) {
    absl::StrAppend(&text, "z\u0438\u65e5\U0001F54A", i % 10, " \u2013 ");
  }
  return text;
}

// The piece of a text between two code points.
std::string Piece(const std::string& text, int start, int end) {
  std::string piece;
  int at = -1;
  for (const char byte : text) {
    if ((byte & 0xC0) != 0x80) ++at;
    if (at >= start && at < end) piece += byte;
  }
  return piece;
}

class SourceText : public ::testing::Test {
 protected:
  void SetUp() override {
    allinone::RegisterOptions options;
    options.clock = &clock_;
    auto served = allinone::Register::Start(options);
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_.emplace(register_->address());
    text_ = Book();
    code_points_ = static_cast<int>(resource::CodePoints(text_));
    ASSERT_EQ(ChunkCount(code_points_), 3);
    v1::CreateSourceRequest create;
    create.set_source_id("book");
    create.mutable_source()->set_digest(DigestOf(text_));
    create.mutable_source()->set_code_points(code_points_);
    ASSERT_THAT(Call<v1::Source>("CreateSource", create), IsOk());
  }

  template <typename Reply, typename Request>
  absl::StatusOr<Reply> Call(const std::string& method, const Request& request) {
    return caller_->Call<Reply>("chancery.agreements.v1.AgreementsService/" + method, request);
  }

  v1::Chunk Chunk(int index) const { return ChunkOf(text_, index); }
  static v1::Chunk ChunkOf(const std::string& text, int index) {
    v1::Chunk chunk;
    const int start = index * kChunkCodePoints;
    chunk.set_name(ChunkName(kSource, index));
    chunk.set_source(kSource);
    chunk.set_digest(DigestOf(text));
    if (index > 0) chunk.set_previous(ChunkName(kSource, index - 1));
    chunk.set_start(start);
    chunk.set_start_byte(static_cast<int>(Piece(text, 0, start).size()));
    chunk.set_text(Piece(text, start, start + kChunkCodePoints));
    return chunk;
  }

  absl::Status Write(const v1::Chunk& chunk) {
    v1::UpdateChunkRequest update;
    *update.mutable_chunk() = chunk;
    update.set_allow_missing(true);
    update.mutable_update_mask()->add_paths("*");
    return Call<v1::Chunk>("UpdateChunk", update).status();
  }

  absl::Status Delete(int index) {
    v1::DeleteChunkRequest request;
    request.set_name(ChunkName(kSource, index));
    return Call<v1::Chunk>("DeleteChunk", request).status();
  }

  void Load() {
    for (int i = 0; i < 3; ++i) ASSERT_THAT(Write(Chunk(i)), IsOk()) << i;
  }

  Citation Cite(int start, int end) const {
    Citation citation;
    citation.set_id("c1");
    citation.set_source(kSource);
    citation.set_digest(DigestOf(text_));
    citation.set_start(start);
    citation.set_end(end);
    return citation;
  }

  Quotation Resolve(const Citation& citation, int64_t known_at = 0) {
    v1::ResolveCitationsRequest request;
    *request.add_citations() = citation;
    if (known_at != 0) {
      *request.mutable_as_of()->mutable_known_at() = TimeUtil::MicrosecondsToTimestamp(known_at);
    }
    const auto reply = Call<v1::ResolveCitationsResponse>("ResolveCitations", request);
    EXPECT_THAT(reply, IsOk());
    return reply.ok() && reply->quotations_size() == 1 ? reply->quotations(0) : Quotation();
  }

  absl::Status CreateMatter(const Citation& citation) {
    v1::CreateMatterRequest create;
    create.mutable_matter()->set_title("a matter");
    *create.mutable_matter()->add_citations() = citation;
    return Call<v1::Matter>("CreateMatter", create).status();
  }

  testing::ManualClock clock_;
  std::unique_ptr<allinone::Register> register_;
  std::optional<testing::Caller> caller_;
  std::string text_;
  int code_points_ = 0;
};

TEST_F(SourceText, IsQuotedByCodePointsAcrossChunks) {
  Load();
  for (const auto& [start, end] : std::vector<std::pair<int, int>>{{0, 6},
                                                                   {3, 40},
                                                                   {16'380, 16'390},
                                                                   {16'384, 16'385},
                                                                   {100, 33'000},
                                                                   {code_points_ - 1, code_points_},
                                                                   {0, code_points_}}) {
    const Quotation quotation = Resolve(Cite(start, end));
    EXPECT_EQ(quotation.verification(), Quotation::VERIFIED);
    EXPECT_EQ(quotation.text(), Piece(text_, start, end));
    EXPECT_EQ(quotation.start_byte(), static_cast<int>(Piece(text_, 0, start).size()));
    EXPECT_EQ(quotation.end_byte(), static_cast<int>(Piece(text_, 0, end).size()));
  }
  // Byte for byte: an accent beside its letter is not composed with it.
  EXPECT_EQ(Resolve(Cite(0, 5)).text(), "cafe\u0301");
}

TEST_F(SourceText, IsLoadedWithItsLastChunkAndNotBefore) {
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::TEXT_NOT_LOADED);
  ASSERT_THAT(Write(Chunk(0)), IsOk());
  ASSERT_THAT(Write(Chunk(1)), IsOk());
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::TEXT_NOT_LOADED);
  EXPECT_THAT(CreateMatter(Cite(0, code_points_ + 5)), IsOk());
  ASSERT_THAT(Write(Chunk(2)), IsOk());
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::VERIFIED);
}

TEST_F(SourceText, IsReadAsItWasKnownThen) {
  const int64_t before = clock_.NowMicros();
  clock_.Advance(testing::ManualClock::kDay);
  Load();
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::VERIFIED);
  clock_.Advance(1'000);
  EXPECT_EQ(Resolve(Cite(0, 6), clock_.NowMicros()).verification(), Quotation::VERIFIED);
  EXPECT_EQ(Resolve(Cite(0, 6), before).verification(), Quotation::TEXT_NOT_LOADED);
}

TEST_F(SourceText, ThatIsNotTheSourcesIsRefused) {
  v1::Chunk other = Chunk(0);
  other.set_digest(DigestOf("another document"));
  EXPECT_THAT(Write(other),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "digest"),
                    HasMetadata("field", "chunk.digest")));
  v1::Chunk shorter = Chunk(0);
  shorter.set_text(Piece(text_, 0, kChunkCodePoints - 1));
  EXPECT_THAT(Write(shorter),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "length")));
  v1::Chunk misplaced = Chunk(0);
  misplaced.set_start(1);
  EXPECT_THAT(Write(misplaced),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "start")));
  v1::Chunk misnamed = Chunk(0);
  misnamed.set_name("chunks/book-0009");
  EXPECT_THAT(Write(misnamed),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "name")));
  // One letter in the middle is another: noticed when the text is complete.
  v1::Chunk altered = Chunk(1);
  altered.mutable_text()->replace(altered.text().find('z'), 1, "y");
  ASSERT_THAT(Write(Chunk(0)), IsOk());
  ASSERT_THAT(Write(altered), IsOk());
  EXPECT_THAT(Write(Chunk(2)),
              AllOf(HasReason(types::v1::TEXT_MISMATCH), HasMetadata("rule", "digest"),
                    HasMetadata("source", kSource)));
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::TEXT_NOT_LOADED);
  ASSERT_THAT(Write(Chunk(1)), IsOk());
  ASSERT_THAT(Write(Chunk(2)), IsOk());
  // And once it is loaded, no chunk becomes another.
  EXPECT_THAT(Write(altered), HasReason(types::v1::TEXT_MISMATCH));
}

TEST_F(SourceText, NeverHasAGap) {
  EXPECT_THAT(Write(Chunk(1)), AllOf(HasReason(types::v1::REFERENCE_NOT_FOUND),
                                     HasMetadata("value", "chunks/book-0000")));
  Load();
  EXPECT_THAT(Delete(1), AllOf(HasReason(types::v1::TEXT_INCOMPLETE),
                               HasMetadata("chunk", "chunks/book-0002")));
  ASSERT_THAT(Delete(2), IsOk());
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::TEXT_NOT_LOADED);
  ASSERT_THAT(Delete(1), IsOk());
  v1::UndeleteChunkRequest undelete;
  undelete.set_name("chunks/book-0002");
  EXPECT_THAT(
      Call<v1::Chunk>("UndeleteChunk", undelete),
      AllOf(HasReason(types::v1::TEXT_INCOMPLETE), HasMetadata("chunk", "chunks/book-0001")));
  undelete.set_name("chunks/book-0001");
  ASSERT_THAT(Call<v1::Chunk>("UndeleteChunk", undelete), IsOk());
  undelete.set_name("chunks/book-0002");
  ASSERT_THAT(Call<v1::Chunk>("UndeleteChunk", undelete), IsOk());
  EXPECT_EQ(Resolve(Cite(0, 6)).verification(), Quotation::VERIFIED);
}

TEST_F(SourceText, OfAnotherVersionThanTheSourceNamesIsNotShown) {
  Load();
  std::string second = text_;
  second.replace(second.find('z'), 1, "Z");
  v1::UpdateSourceRequest update;
  update.mutable_source()->set_name(kSource);
  update.mutable_source()->set_digest(DigestOf(second));
  ASSERT_THAT(Call<v1::Source>("UpdateSource", update), IsOk());
  Citation citation = Cite(0, 6);
  EXPECT_EQ(Resolve(citation).verification(), Quotation::TEXT_NOT_LOADED);
  // The old text may not be changed under the old digest either.
  v1::Chunk altered = Chunk(0);
  altered.mutable_text()->replace(altered.text().find('z'), 1, "y");
  EXPECT_THAT(Write(altered), HasReason(types::v1::TEXT_MISMATCH));
  for (int i = 0; i < 3; ++i) ASSERT_THAT(Write(ChunkOf(second, i)), IsOk()) << i;
  EXPECT_EQ(Resolve(citation).verification(), Quotation::MISMATCH);
  EXPECT_EQ(Resolve(citation).rule(), "digest");
  citation.set_digest(DigestOf(second));
  EXPECT_EQ(Resolve(citation).verification(), Quotation::VERIFIED);
}

TEST_F(SourceText, DecidesWhatMayBeCited) {
  Load();
  Citation right = Cite(16'380, 16'390);
  right.set_exact(Piece(text_, 16'380, 16'390));
  EXPECT_THAT(CreateMatter(right), IsOk());
  const auto refused = [&](const Citation& citation, const std::string& rule) {
    EXPECT_THAT(CreateMatter(citation),
                AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("rule", rule),
                      HasMetadata("field", "citations.c1"), HasMetadata("source", kSource)));
  };
  Citation words = Cite(16'380, 16'390);
  words.set_slice_digest(DigestOf("other words"));
  refused(words, "slice_digest");
  Citation shifted = Cite(16'382, 16'392);
  shifted.set_exact(Piece(text_, 16'380, 16'390));
  refused(shifted, "slice_digest");
  refused(Cite(code_points_ - 1, code_points_ + 1), "span");
  Citation version = Cite(0, 6);
  version.set_digest(DigestOf("an earlier version"));
  refused(version, "digest");
}

TEST_F(SourceText, DecidesAtUpdatesAndInBatchesToo) {
  Load();
  v1::BatchCreateMattersRequest batch;
  *batch.add_requests()->mutable_matter()->add_citations() = Cite(0, 6);
  *batch.add_requests()->mutable_matter()->add_citations() = Cite(0, code_points_ + 1);
  EXPECT_THAT(Call<v1::BatchCreateMattersResponse>("BatchCreateMatters", batch),
              AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("index", "1")));
  v1::CreateMatterRequest create;
  create.set_matter_id("m");
  create.mutable_matter();
  ASSERT_THAT(Call<v1::Matter>("CreateMatter", create), IsOk());
  v1::UpdateMatterRequest update;
  update.mutable_matter()->set_name("matters/m");
  *update.mutable_matter()->add_citations() = Cite(0, code_points_ + 1);
  EXPECT_THAT(Call<v1::Matter>("UpdateMatter", update), HasReason(types::v1::CITATION_MISMATCH));
}

// The twin: without the check of its kind, a record says what its source does not.
TEST_F(SourceText, WithoutTheCheckACitationOfOtherWordsIsAccepted) {
  Load();
  Citation words = Cite(16'380, 16'390);
  words.set_slice_digest(DigestOf("other words"));
  EXPECT_THAT(CreateMatter(words), HasReason(types::v1::CITATION_MISMATCH));
  // The one spec of the kind, which is not const underneath.
  auto& spec = const_cast<resource::ResourceSpec&>(MatterSpec());
  const resource::WriteCheck check = spec.check;
  spec.check = nullptr;
  EXPECT_THAT(CreateMatter(words), IsOk());
  spec.check = check;
  EXPECT_EQ(Resolve(words).verification(), Quotation::MISMATCH);
}

TEST_F(SourceText, ReadsWhatTheSpanNeedsAndNoMore) {
  Load();
  const storage::ReadView view = register_->store("agreements").Latest();
  int reads = 0;
  SourceTexts texts([&](const storage::TableSpec& table, absl::string_view name) {
    ++reads;
    return view.Get(table, name);
  });
  // The source, its last chunk, and the chunk of the span.
  ASSERT_THAT(texts.Resolve(Cite(0, 6)), IsOk());
  EXPECT_EQ(reads, 3);
  for (int i = 0; i < 50; ++i) ASSERT_THAT(texts.Resolve(Cite(i, i + 6)), IsOk());
  EXPECT_EQ(reads, 3);
  ASSERT_THAT(texts.Resolve(Cite(16'380, 16'390)), IsOk());
  EXPECT_EQ(reads, 4);
}

TEST_F(SourceText, HasSegmentsWithOrWithoutItsText) {
  const auto add = [&](const std::string& id, int start, int end, const std::string& digest) {
    v1::CreateSegmentRequest create;
    create.set_segment_id(id);
    create.mutable_segment()->set_source(kSource);
    create.mutable_segment()->set_digest(digest);
    create.mutable_segment()->set_start(start);
    create.mutable_segment()->set_end(end);
    return Call<v1::Segment>("CreateSegment", create).status();
  };
  const std::string digest = DigestOf(text_);
  ASSERT_THAT(add("z-first", 0, 6, digest), IsOk());
  ASSERT_THAT(add("m-second", 7, 20'000, digest), IsOk());
  ASSERT_THAT(add("a-third", 20'001, 30'000, digest), IsOk());
  ASSERT_THAT(add("old", 8, 40, DigestOf("an earlier version")), IsOk());
  EXPECT_THAT(add("none", 9, 9, digest), HasReason(types::v1::FIELD_INVALID));
  EXPECT_THAT(add("beyond", 9, code_points_ + 1, digest), HasReason(types::v1::FIELD_INVALID));
  const auto touched = [&](int start, int end) {
    const Quotation quotation = Resolve(Cite(start, end));
    return std::vector<std::string>(quotation.segments().begin(), quotation.segments().end());
  };
  EXPECT_THAT(touched(2, 4), ElementsAre("segments/z-first"));
  EXPECT_THAT(touched(6, 7), ElementsAre());
  EXPECT_THAT(touched(10'000, 10'001), ElementsAre("segments/m-second"));
  EXPECT_THAT(touched(5, 20'002),
              ElementsAre("segments/z-first", "segments/m-second", "segments/a-third"));
  Load();
  EXPECT_THAT(touched(50, 60), ElementsAre("segments/m-second"));
  v1::ListSegmentsRequest list;
  list.set_filter(absl::StrCat("source = \"", kSource, "\""));
  const auto page = Call<v1::ListSegmentsResponse>("ListSegments", list);
  ASSERT_THAT(page, IsOk());
  std::vector<std::string> names;
  for (const v1::Segment& segment : page->segments()) names.push_back(segment.name());
  EXPECT_THAT(names, ElementsAre("segments/z-first", "segments/m-second", "segments/old",
                                 "segments/a-third"));
}

TEST_F(SourceText, HasSegmentsThatDoNotOverlap) {
  const std::string digest = DigestOf(text_);
  const auto segment = [&](const std::string& id, int start, int end) {
    v1::CreateSegmentRequest create;
    create.set_segment_id(id);
    create.mutable_segment()->set_source(kSource);
    create.mutable_segment()->set_digest(digest);
    create.mutable_segment()->set_start(start);
    create.mutable_segment()->set_end(end);
    return create;
  };
  const auto add = [&](const std::string& id, int start, int end) {
    return Call<v1::Segment>("CreateSegment", segment(id, start, end)).status();
  };
  ASSERT_THAT(add("b", 100, 200), IsOk());
  ASSERT_THAT(add("a", 0, 50), IsOk());
  for (const auto& [start, end] : std::vector<std::pair<int, int>>{
           {100, 200}, {0, 300}, {199, 250}, {60, 101}, {120, 130}, {49, 100}}) {
    EXPECT_THAT(add("over", start, end),
                AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "segment.start")))
        << start << "-" << end;
  }
  EXPECT_THAT(add("between", 50, 100), IsOk());
  EXPECT_THAT(add("after", 200, 201), IsOk());
  // Within a batch, whichever comes first.
  v1::BatchCreateSegmentsRequest batch;
  *batch.add_requests() = segment("d", 410, 420);
  *batch.add_requests() = segment("c", 400, 411);
  EXPECT_THAT(Call<v1::BatchCreateSegmentsResponse>("BatchCreateSegments", batch),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("index", "1")));
  batch.mutable_requests(1)->mutable_segment()->set_end(410);
  EXPECT_THAT(Call<v1::BatchCreateSegmentsResponse>("BatchCreateSegments", batch), IsOk());
  // One that is moved, and one that takes the place of a deleted one.
  v1::UpdateSegmentRequest update;
  update.mutable_segment()->set_name("segments/c");
  update.mutable_segment()->set_end(411);
  update.mutable_update_mask()->add_paths("end");
  EXPECT_THAT(Call<v1::Segment>("UpdateSegment", update), HasReason(types::v1::FIELD_INVALID));
  update.mutable_segment()->set_end(405);
  EXPECT_THAT(Call<v1::Segment>("UpdateSegment", update), IsOk());
  v1::DeleteSegmentRequest remove;
  remove.set_name("segments/b");
  ASSERT_THAT(Call<v1::Segment>("DeleteSegment", remove), IsOk());
  EXPECT_THAT(add("instead", 150, 160), IsOk());
  v1::UndeleteSegmentRequest undelete;
  undelete.set_name("segments/b");
  EXPECT_THAT(Call<v1::Segment>("UndeleteSegment", undelete), HasReason(types::v1::FIELD_INVALID));
}

// The twin: without the check of its kind a sentence may lie in another one.
TEST_F(SourceText, WithoutTheCheckSegmentsOverlap) {
  auto& spec = const_cast<resource::ResourceSpec&>(SegmentSpec());
  const resource::WriteCheck check = spec.check;
  spec.check = nullptr;
  for (const char* id : {"a", "b"}) {
    v1::CreateSegmentRequest create;
    create.set_segment_id(id);
    create.mutable_segment()->set_source(kSource);
    create.mutable_segment()->set_digest(DigestOf(text_));
    create.mutable_segment()->set_end(5);
    EXPECT_THAT(Call<v1::Segment>("CreateSegment", create), IsOk());
  }
  spec.check = check;
}

TEST_F(SourceText, RefusesQuestionsThatAreNone) {
  v1::ResolveCitationsRequest request;
  const auto ask = [&] {
    return Call<v1::ResolveCitationsResponse>("ResolveCitations", request).status();
  };
  EXPECT_THAT(ask(), HasReason(types::v1::REQUIRED_FIELD_MISSING));
  for (int i = 0; i < 501; ++i) *request.add_citations() = Cite(0, 6);
  EXPECT_THAT(ask(), AllOf(HasReason(types::v1::BATCH_TOO_LARGE), HasMetadata("limit", "500")));
  request.mutable_citations()->DeleteSubrange(100, 401);
  EXPECT_THAT(ask(), IsOk());
  request.mutable_as_of()->set_valid_at("2012-01-01");
  EXPECT_THAT(ask(), HasReason(types::v1::VALID_AT_INVALID));
  request.clear_as_of();
  Load();
  for (Citation& citation : *request.mutable_citations()) citation.set_end(code_points_);
  EXPECT_THAT(ask(), HasReason(types::v1::RESPONSE_TOO_LARGE));
  request.set_verification_only(true);
  EXPECT_THAT(ask(), IsOk());
}

}  // namespace
}  // namespace chancery::agreements
