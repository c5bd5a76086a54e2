#include <future>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/request_log.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using testing::ManualClock;

class RequestReplayTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(store_.Open().ok()); }
  NoteStore store_;
};

TEST_F(RequestReplayTest, ARepetitionIsAnsweredFromTheFirstCommit) {
  const Commit first = *store_.Put("notes/a", "one", "r-1");
  ASSERT_TRUE(store_.Put("notes/a", "two").ok());
  ASSERT_TRUE(store_.Open().ok());
  const absl::StatusOr<Commit> again = store_.Put("notes/a", "one", "r-1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->replayed);
  EXPECT_FALSE(first.replayed);
  EXPECT_EQ(again->seq, first.seq);
  EXPECT_EQ(again->commit_time, first.commit_time);
  ASSERT_EQ(again->written.size(), first.written.size());
  EXPECT_EQ(again->written[0].name, first.written[0].name);
  EXPECT_EQ(store_->Latest().seq(), 2u);
}

TEST_F(RequestReplayTest, AnotherRequestUnderTheSameIdIsRefused) {
  ASSERT_TRUE(store_.Put("notes/a", "one", "r-1").ok());
  const auto other = store_.Put("notes/a", "two", "r-1");
  EXPECT_TRUE(errors::HasReason(other.status(), types::v1::REQUEST_ID_REUSED)) << other.status();
  EXPECT_EQ(store_->Latest().seq(), 1u);
}

TEST_F(RequestReplayTest, IdsBelongToTheirPrincipal) {
  ASSERT_TRUE(store_.Put("notes/a", "one", "r-1").ok());
  Mutation mutation = WriteNotes({{"notes/a", "two"}});
  mutation.principal = "somebody else";
  mutation.request_id = "r-1";
  EXPECT_FALSE(store_.Submit(std::move(mutation))->replayed);
}

TEST_F(RequestReplayTest, AFailedMutationLeavesItsIdFree) {
  Mutation mutation = WriteNotes({{"notes/a", "one"}, {"notes/a", "twice"}});
  mutation.request_id = "r-1";
  ASSERT_FALSE(store_.Submit(std::move(mutation)).ok());
  EXPECT_FALSE(store_.Put("notes/a", "one", "r-1")->replayed);
}

TEST_F(RequestReplayTest, ResultsAreKeptForADay) {
  ASSERT_TRUE(store_.Put("notes/a", "one", "r-1").ok());
  store_.clock.Advance(kRequestLifeMicros - 1'000);
  EXPECT_TRUE(store_.Put("notes/a", "one", "r-1")->replayed);
  store_.clock.Advance(2'000);
  EXPECT_FALSE(store_.Put("notes/a", "one", "r-1")->replayed);
  // The new result is kept although the old one expires.
  ASSERT_TRUE(store_.Put("notes/b", "x").ok());
  EXPECT_TRUE(store_.Put("notes/a", "one", "r-1")->replayed);
}

TEST_F(RequestReplayTest, ExpiredResultsGoAway) {
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(store_.Put("notes/a", "x", "r-" + std::to_string(i)).ok());
  }
  store_.clock.Advance(kRequestLifeMicros + ManualClock::kSecond);
  // A few go with each commit.
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(store_.Put("notes/a", "y").ok());
  store_.Close();
  FailureLatch latch(nullptr);
  const auto database = Database::Open(
      {store_.options.path, store_.env(), rocksdb::NewLRUCache(1 << 20), false, true}, &latch);
  ASSERT_TRUE(database.ok()) << database.status();
  const auto left = (*database)->Iterate(Family::kRequests, {});
  (*left)->SeekToFirst();
  EXPECT_FALSE((*left)->Valid());
}

TEST_F(RequestReplayTest, ARepetitionWithinOneGroupIsAppliedOnce) {
  std::promise<void> release;
  Mutation blocking = WriteNotes({{"notes/first", "x"}});
  blocking.apply = [held = release.get_future().share()](Transaction&) {
    held.wait();
    return absl::OkStatus();
  };
  std::vector<std::promise<absl::StatusOr<Commit>>> results(3);
  store_->sequencer().Submit(std::move(blocking), [](absl::StatusOr<Commit>) {});
  for (auto& result : results) {
    Mutation mutation = WriteNotes({{"notes/a", "one"}});
    mutation.request_id = "r-1";
    store_->sequencer().Submit(std::move(mutation), [&](absl::StatusOr<Commit> commit) {
      result.set_value(std::move(commit));
    });
  }
  release.set_value();
  for (size_t i = 0; i < results.size(); ++i) {
    const auto commit = results[i].get_future().get();
    ASSERT_TRUE(commit.ok()) << commit.status();
    EXPECT_EQ(commit->seq, 1u);
    EXPECT_EQ(commit->replayed, i > 0);
    EXPECT_EQ(commit->written.size(), 1u);
  }
}

TEST_F(RequestReplayTest, WithoutReplayARepetitionIsDoubled) {
  store_.options.unsafe.replay_requests = false;
  ASSERT_TRUE(store_.Open().ok());
  ASSERT_TRUE(store_.Put("notes/a", "one", "r-1").ok());
  ASSERT_TRUE(store_.Put("notes/a", "one", "r-1").ok());
  EXPECT_EQ(store_->Latest().seq(), 2u);
}

}  // namespace
}  // namespace chancery::storage
