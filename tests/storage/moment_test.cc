// Reads at a time: what they see, forever.

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using testing::ManualClock;

class MomentTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(store_.Open().ok()); }

  std::map<std::string, std::string> NotesAtTime(int64_t known_at) {
    const auto view = store_.ViewAt(known_at);
    EXPECT_TRUE(view.ok()) << view.status();
    return *NotesAt(*view);
  }

  NoteStore store_;
};

TEST_F(MomentTest, AMomentHoldsWhatWasCommittedUpToIt) {
  const int64_t start = store_.clock.NowMicros();
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  store_.clock.Advance(10);
  ASSERT_TRUE(store_.Put("notes/a", "two").ok());
  EXPECT_EQ(store_.ViewAt(start - 1)->seq(), 0u);
  EXPECT_EQ(store_.ViewAt(start)->seq(), 1u);
  EXPECT_EQ(store_.ViewAt(start + 9)->seq(), 1u);
  EXPECT_EQ(store_.ViewAt(start + 10)->seq(), 2u);
}

TEST_F(MomentTest, NoCommitComesIntoAMomentThatWasRead) {
  const int64_t moment = store_.clock.NowMicros() + 1'000;
  EXPECT_EQ(store_.ViewAt(moment)->seq(), 0u);
  const Commit commit = *store_.Put("notes/a", "late");
  EXPECT_EQ(commit.commit_time, moment + 1);
  EXPECT_EQ(store_.ViewAt(moment)->seq(), 0u);
}

TEST_F(MomentTest, TheFutureBeyondTheSkewIsRefused) {
  const int64_t now = store_.clock.NowMicros();
  EXPECT_TRUE(store_.ViewAt(now + store_.options.max_skew_micros).ok());
  const absl::Status status = store_.ViewAt(now + store_.options.max_skew_micros + 1).status();
  ASSERT_TRUE(errors::HasReason(status, types::v1::KNOWN_AT_IN_FUTURE)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("now"), "2026-01-01T00:00:00+00:00");
  EXPECT_EQ(errors::InfoOf(status).metadata().at("known_at"), "2026-01-01T00:00:00.500001+00:00");
}

TEST_F(MomentTest, WhatIsCommittedCanBeReadEvenIfTheClockIsBehindIt) {
  const Commit commit = *store_.Put("notes/a", "one");
  store_.clock.Advance(-ManualClock::kDay);
  EXPECT_EQ(store_.ViewAt(commit.commit_time)->seq(), 1u);
}

TEST_F(MomentTest, AMomentInAnOpenGroupIsAnsweredWhenTheGroupIs) {
  std::promise<void> entered, release;
  Mutation mutation = WriteNotes({{"notes/a", "one"}});
  mutation.apply = [&, apply = std::move(mutation.apply)](Transaction& transaction) mutable {
    entered.set_value();
    release.get_future().wait();
    return apply(transaction);
  };
  std::promise<absl::StatusOr<Commit>> commit;
  store_->sequencer().Submit(std::move(mutation), [&](absl::StatusOr<Commit> result) {
    commit.set_value(std::move(result));
  });
  entered.get_future().wait();

  // The open group may hold this moment: the answer has to wait. The moment before can not wait.
  std::promise<absl::StatusOr<ReadView>> answer;
  std::future<absl::StatusOr<ReadView>> answered = answer.get_future();
  store_->ViewAt(store_.clock.NowMicros(),
                 [&](absl::StatusOr<ReadView> view) { answer.set_value(view); });
  EXPECT_EQ(answered.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  EXPECT_EQ(store_.ViewAt(store_.clock.NowMicros() - 1)->seq(), 0u);
  release.set_value();
  EXPECT_EQ(answered.get()->seq(), 1u);
  EXPECT_TRUE(commit.get_future().get().ok());
}

TEST_F(MomentTest, AReadMomentNeedsNoThreadOfTheStores) {
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  std::thread::id answered_on;
  store_->ViewAt(store_->LastCommitTime(), [&](absl::StatusOr<ReadView> view) {
    EXPECT_TRUE(view.ok());
    answered_on = std::this_thread::get_id();
  });
  EXPECT_EQ(answered_on, std::this_thread::get_id());
}

TEST_F(MomentTest, AMomentIsTheSameAfterTenThousandWrites) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(store_.Put("notes/" + std::to_string(i), "early word").ok());
  }
  store_.clock.Advance(ManualClock::kSecond);
  const int64_t moment = store_.clock.NowMicros();
  const ReadView before = *store_.ViewAt(moment);
  const std::string digest = *store_->Digest(before);
  const Entries entries = *IndexAt(before, kByWord);

  constexpr int kWrites = 10'000;
  std::atomic<int> failed = 0;
  for (int i = 0; i < kWrites; ++i) {
    store_.clock.Advance(7);
    store_->sequencer().Submit(
        WriteNotes({{"notes/" + std::to_string(i % 60), i % 7 == 0 ? "" : "late word"}}),
        [&](absl::StatusOr<Commit> commit) { failed += !commit.ok(); });
    // Waiting for one now and then keeps the queue below its bound.
    if (i % 1'000 == 999) {
      ASSERT_TRUE(store_.Put("notes/pause", "x").ok());
    }
  }
  ASSERT_EQ(failed, 0);
  ASSERT_GE(store_->Latest().seq(), 10'000u);

  const auto same = [&] {
    const ReadView after = *store_.ViewAt(moment);
    EXPECT_EQ(after.seq(), before.seq());
    EXPECT_EQ(*store_->Digest(after), digest);
    EXPECT_EQ(*IndexAt(after, kByWord), entries);
  };
  same();
  ASSERT_TRUE(store_->CompactAll().ok());
  same();
  ASSERT_TRUE(store_.Open().ok());
  same();
}

TEST_F(MomentTest, AClockSetBackOverARestartChangesNoPastRead) {
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  store_.clock.Advance(ManualClock::kSecond);
  // Read moments that no commit has reached yet.
  std::vector<int64_t> moments;
  for (int64_t ahead : {0, 100'000, 400'000}) moments.push_back(store_.clock.NowMicros() + ahead);
  for (const int64_t moment : moments) EXPECT_EQ(store_.ViewAt(moment)->seq(), 1u);

  store_.clock.Advance(-ManualClock::kDay);
  ASSERT_TRUE(store_.Open().ok());
  const Commit commit = *store_.Put("notes/a", "two");
  EXPECT_GT(commit.commit_time, moments.back());
  for (const int64_t moment : moments) {
    if (moment > commit.commit_time) continue;
    EXPECT_EQ(store_.ViewAt(moment)->seq(), 1u);
  }
}

// Without a clean shutdown the ceiling alone keeps the moment closed. The files are copied as a
// crash would leave them: the store never gets to write its last note.
TEST_F(MomentTest, ACrashChangesNoPastReadEither) {
  ASSERT_TRUE(store_.Put("notes/a", "one").ok());
  store_.clock.Advance(ManualClock::kSecond);
  const int64_t moment = store_.clock.NowMicros() + 300'000;
  EXPECT_EQ(store_.ViewAt(moment)->seq(), 1u);

  const auto crashed_env =
      std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  std::vector<std::string> files;
  ASSERT_TRUE(store_.env()->GetChildren(store_.options.path, &files).ok());
  ASSERT_TRUE(crashed_env->CreateDirIfMissing("/crashed").ok());
  for (const std::string& file : files) {
    std::string bytes;
    if (file.find("LOCK") != std::string::npos) continue;
    if (!rocksdb::ReadFileToString(store_.env(), store_.options.path + "/" + file, &bytes).ok())
      continue;
    ASSERT_TRUE(rocksdb::WriteStringToFile(crashed_env.get(), bytes, "/crashed/" + file).ok());
  }
  NoteStore crashed(crashed_env.get(), "/crashed");
  crashed.clock.Set(moment - ManualClock::kDay);
  ASSERT_TRUE(crashed.Open().ok());
  const Commit commit = *crashed.Put("notes/a", "two");
  EXPECT_GT(commit.commit_time, moment);
  EXPECT_EQ(crashed.ViewAt(moment)->seq(), 1u);
  crashed.Close();
}

}  // namespace
}  // namespace chancery::storage
