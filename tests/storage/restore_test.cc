// Mutations that bring their place and time along: a history made again.

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/storage/note_store.h"
#include "tests/support/manual_clock.h"

namespace chancery::storage {
namespace {

using testing::ManualClock;

constexpr int64_t kThen = ManualClock::kStart - 100 * ManualClock::kDay;

Mutation Restored(uint64_t seq, int64_t commit_time, const std::string& message) {
  Mutation mutation = WriteNotes({{"notes/a", message}});
  mutation.restored = {seq, commit_time};
  return mutation;
}

class RestoreTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(store_.Open().ok()); }

  std::string MessageThen(int64_t known_at) {
    const auto view = store_.ViewAt(known_at);
    EXPECT_TRUE(view.ok()) << view.status();
    const auto message = MessageAt(*view, "notes/a");
    EXPECT_TRUE(message.ok()) << message.status();
    return message->value_or("");
  }

  void ExpectRefused(Mutation mutation) {
    const auto commit = store_.Submit(std::move(mutation));
    EXPECT_TRUE(errors::HasReason(commit.status(), types::v1::STORE_NOT_EMPTY)) << commit.status();
  }

  NoteStore store_;
};

TEST_F(RestoreTest, PastMomentsAreAnsweredAsTheyWere) {
  for (int i = 1; i <= 3; ++i) {
    const auto commit =
        store_.Submit(Restored(i, kThen + i * ManualClock::kDay, "day " + std::to_string(i)));
    ASSERT_TRUE(commit.ok()) << commit.status();
    EXPECT_EQ(commit->seq, static_cast<uint64_t>(i));
    EXPECT_EQ(commit->commit_time, kThen + i * ManualClock::kDay);
  }
  for (int open = 0; open < 2; ++open) {
    EXPECT_EQ(MessageThen(kThen), "");
    EXPECT_EQ(MessageThen(kThen + ManualClock::kDay), "day 1");
    EXPECT_EQ(MessageThen(kThen + 3 * ManualClock::kDay - 1), "day 2");
    EXPECT_EQ(MessageThen(ManualClock::kStart), "day 3");
    store_.Close();
    ASSERT_TRUE(store_.Open().ok());
  }
}

TEST_F(RestoreTest, WhatComesAfterwardsHasTheTimeOfTheClock) {
  ASSERT_TRUE(store_.Submit(Restored(1, kThen, "then")).ok());
  const auto commit = store_.Put("notes/a", "now");
  ASSERT_TRUE(commit.ok());
  EXPECT_GE(commit->commit_time, ManualClock::kStart);
  EXPECT_EQ(commit->seq, 2u);
  EXPECT_EQ(MessageThen(kThen), "then");
}

TEST_F(RestoreTest, AnEmptyStoreThatWasReadCanStillBeRestored) {
  EXPECT_EQ(MessageThen(ManualClock::kStart), "");
  ASSERT_TRUE(store_.Submit(Restored(1, kThen, "then")).ok());
  EXPECT_EQ(MessageThen(kThen), "then");
}

TEST_F(RestoreTest, NothingIsPutInBetween) {
  ASSERT_TRUE(store_.Submit(Restored(1, kThen, "one")).ok());
  ExpectRefused(Restored(1, kThen + 1, "again"));
  ExpectRefused(Restored(3, kThen + 1, "a gap"));
  ExpectRefused(Restored(2, kThen, "the same time"));
  ASSERT_TRUE(store_.Put("notes/b", "written").ok());
  ExpectRefused(Restored(2, kThen + 1, "before what was written"));
  ExpectRefused(Restored(3, kThen + 1, "earlier than what was written"));
  // What was refused has left no trace.
  EXPECT_EQ(MessageThen(ManualClock::kStart + ManualClock::kSecond / 4), "one");
  EXPECT_EQ(store_->journal().LastSeq(), 2u);
}

}  // namespace
}  // namespace chancery::storage
