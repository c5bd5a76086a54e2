#include "storage/store.h"

#include <future>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(store_.Open().ok()); }

  std::optional<std::string> Message(const std::string& name) {
    return *MessageAt(store_->Latest(), name);
  }

  NoteStore store_;
};

TEST_F(StoreTest, AnEmptyStoreAnswers) {
  EXPECT_EQ(store_->Latest().seq(), 0u);
  EXPECT_EQ(Message("notes/a"), std::nullopt);
  EXPECT_THAT(*NotesAt(store_->Latest()), IsEmpty());
  EXPECT_EQ(store_.ViewNow()->seq(), 0u);
  EXPECT_EQ(store_->LastCommitTime(), 0);
}

TEST_F(StoreTest, ACommitIsReadableWhenItIsAcknowledged) {
  const absl::StatusOr<Commit> commit = store_.Put("notes/a", "one");
  ASSERT_TRUE(commit.ok()) << commit.status();
  EXPECT_EQ(commit->seq, 1u);
  EXPECT_EQ(commit->commit_time, testing::ManualClock::kStart);
  ASSERT_EQ(commit->written.size(), 1u);
  EXPECT_EQ(commit->written[0].table, kNotesTable);
  EXPECT_EQ(commit->written[0].name, "notes/a");
  EXPECT_THAT(Message("notes/a"), Optional(Eq("one")));
  EXPECT_EQ(store_->LastCommitTime(), commit->commit_time);
}

TEST_F(StoreTest, EveryVersionStaysReadable) {
  for (const char* message : {"one", "two", "", "four"}) {
    ASSERT_TRUE(store_.Put("notes/a", message).ok());
    store_.clock.Advance(1000);
  }
  const auto message_at = [&](uint64_t seq) {
    return *MessageAt(*store_->ViewAtSeq(seq), "notes/a");
  };
  EXPECT_EQ(message_at(0), std::nullopt);
  EXPECT_THAT(message_at(1), Optional(Eq("one")));
  EXPECT_THAT(message_at(2), Optional(Eq("two")));
  EXPECT_EQ(message_at(3), std::nullopt);
  EXPECT_THAT(message_at(4), Optional(Eq("four")));
}

TEST_F(StoreTest, ATombstoneKeepsItsTimesAndIsARecord) {
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  store_.clock.Advance(1000);
  ASSERT_TRUE(store_.Put("notes/a", "").ok());
  const auto version = store_->Latest().Get(NotesTable(), "notes/a");
  ASSERT_TRUE(version.ok() && version->has_value());
  const RecordHeader& header = (*version)->header;
  EXPECT_EQ(header.create_time, testing::ManualClock::kStart);
  EXPECT_EQ(header.update_time, testing::ManualClock::kStart + 1000);
  EXPECT_EQ(header.delete_time, testing::ManualClock::kStart + 1000);
  EXPECT_THAT(*IndexAt(store_->Latest(), kByMessage), IsEmpty());
}

TEST_F(StoreTest, HistoryGoesBackFromTheView) {
  for (const char* message : {"one", "two", "three", "four"}) {
    ASSERT_TRUE(store_.Put("notes/a", message).ok());
    ASSERT_TRUE(store_.Put("notes/ab", message).ok());
  }
  const auto seqs = [&](uint64_t view, uint64_t before, size_t limit) {
    std::vector<uint64_t> seqs;
    const auto history = store_->ViewAtSeq(view)->History(NotesTable(), "notes/a", before, limit);
    for (const Version& version : *history) seqs.push_back(version.seq);
    return seqs;
  };
  EXPECT_THAT(seqs(8, 0, 10), ElementsAre(7, 5, 3, 1));
  EXPECT_THAT(seqs(6, 0, 10), ElementsAre(5, 3, 1));
  EXPECT_THAT(seqs(8, 5, 1), ElementsAre(3));
  EXPECT_THAT(seqs(8, 1, 1), IsEmpty());
}

TEST_F(StoreTest, RangesHaveBoundsAndDirections) {
  for (const char* name : {"a", "b", "c", "d"}) ASSERT_TRUE(store_.Put(name, name).ok());
  const auto names = [&](const KeyRange& range) {
    std::vector<std::string> names;
    const auto cursor = store_->Latest().Scan(NotesTable(), range);
    for (; cursor->Valid(); cursor->Next()) names.emplace_back(cursor->name());
    EXPECT_TRUE(cursor->status().ok());
    return names;
  };
  EXPECT_THAT(names({"b", "d", false}), ElementsAre("b", "c"));
  EXPECT_THAT(names({"b", "", false}), ElementsAre("b", "c", "d"));
  EXPECT_THAT(names({"", "c", true}), ElementsAre("b", "a"));
  EXPECT_THAT(names({"b", "", true}), ElementsAre("d", "c", "b"));
}

TEST_F(StoreTest, AMutationThatFailsLeavesNothing) {
  Mutation mutation;
  mutation.apply = [](Transaction& transaction) {
    EXPECT_TRUE(transaction.Put(NotesTable(), "notes/a", Note()).ok());
    return absl::AbortedError("changed my mind");
  };
  EXPECT_EQ(store_.Submit(std::move(mutation)).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(store_->Latest().seq(), 0u);
  EXPECT_EQ(store_.Put("notes/a", "one")->seq, 1u);
}

TEST_F(StoreTest, ValidatingOnlyCommitsNothing) {
  Mutation mutation = WriteNotes({{"notes/a", "one"}});
  mutation.validate_only = true;
  EXPECT_TRUE(store_.Submit(std::move(mutation)).ok());
  EXPECT_EQ(store_->Latest().seq(), 0u);
}

TEST_F(StoreTest, WritingANameTwiceInOneMutationIsRefused) {
  const auto commit = store_.PutAll({{"notes/a", "one"}, {"notes/a", "two"}});
  EXPECT_TRUE(errors::HasReason(commit.status(), types::v1::INTERNAL_FAULT)) << commit.status();
  EXPECT_EQ(store_->Latest().seq(), 0u);
}

TEST_F(StoreTest, AnExceptionIsAFaultOfTheMutationAlone) {
  Mutation mutation;
  mutation.apply = [](Transaction&) -> absl::Status { throw std::runtime_error("oops"); };
  EXPECT_TRUE(
      errors::HasReason(store_.Submit(std::move(mutation)).status(), types::v1::INTERNAL_FAULT));
  EXPECT_TRUE(store_.Put("notes/a", "one").ok());
}

TEST_F(StoreTest, SizesAreLimited) {
  const auto large = store_.Put("notes/a", std::string(kMaxRecordBytes, 'x'));
  EXPECT_TRUE(errors::HasReason(large.status(), types::v1::RECORD_TOO_LARGE)) << large.status();
  EXPECT_EQ(errors::InfoOf(large.status()).metadata().at("limit"), "262144");

  std::vector<std::pair<std::string, std::string>> many;
  for (size_t i = 0; i <= kMaxBatchRecords; ++i)
    many.emplace_back("notes/" + std::to_string(i), "x");
  EXPECT_TRUE(errors::HasReason(store_.PutAll(many).status(), types::v1::BATCH_TOO_LARGE));

  std::vector<std::pair<std::string, std::string>> heavy;
  for (int i = 0; i < 6; ++i)
    heavy.emplace_back("notes/" + std::to_string(i), std::string(200'000, 'x'));
  EXPECT_TRUE(errors::HasReason(store_.PutAll(heavy).status(), types::v1::BATCH_TOO_LARGE));
  EXPECT_EQ(store_->Latest().seq(), 0u);
}

TEST_F(StoreTest, EverythingIsThereAfterAReopening) {
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  ASSERT_TRUE(store_.Put("notes/a", "two").ok());
  const std::string digest = *store_->Digest(store_->Latest());
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_EQ(*store_->Digest(store_->Latest()), digest);
  EXPECT_THAT(Message("notes/a"), Optional(Eq("two")));
  ASSERT_TRUE(store_->CompactAll().ok());
  EXPECT_EQ(*store_->Digest(store_->Latest()), digest);
  EXPECT_EQ(store_.Put("notes/b", "three")->seq, 3u);
  EXPECT_NE(*store_->Digest(store_->Latest()), digest);
}

TEST_F(StoreTest, StatisticsCountLiveRecords) {
  ASSERT_TRUE(store_.PutAll({{"notes/a", "x"}, {"notes/b", "x"}, {"notes/c", "x"}}).ok());
  ASSERT_TRUE(store_.Put("notes/b", "").ok());
  const auto statistics = store_->Statistics();
  ASSERT_TRUE(statistics.ok());
  EXPECT_EQ(statistics->seq, 2u);
  EXPECT_THAT(statistics->live_records, ElementsAre(Pair("notes", 2)));
}

TEST_F(StoreTest, ATokenOfTheFutureIsAhead) {
  const auto view = store_->ViewAtSeq(1);
  EXPECT_TRUE(errors::HasReason(view.status(), types::v1::CONSISTENCY_TOKEN_AHEAD));
}

}  // namespace
}  // namespace chancery::storage
