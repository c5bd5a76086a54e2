#include "storage/sequencer.h"

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using ::testing::Eq;
using ::testing::Optional;

// Holds the sequencer inside a mutation, so that what is submitted meanwhile is one group.
class Hold {
 public:
  explicit Hold(NoteStore& store) {
    Mutation mutation;
    mutation.apply = [this](Transaction&) {
      entered_.set_value();
      release_.get_future().wait();
      return absl::OkStatus();
    };
    store->sequencer().Submit(std::move(mutation),
                              [this](absl::StatusOr<Commit>) { done_.set_value(); });
    entered_.get_future().wait();
  }
  ~Hold() { done_.get_future().wait(); }
  void Release() { release_.set_value(); }

 private:
  std::promise<void> entered_, release_, done_;
};

class SequencerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(store_.Open().ok()); }

  std::future<absl::StatusOr<Commit>> Submit(Mutation mutation) {
    auto result = std::make_shared<std::promise<absl::StatusOr<Commit>>>();
    store_->sequencer().Submit(std::move(mutation), [result](absl::StatusOr<Commit> commit) {
      result->set_value(std::move(commit));
    });
    return result->get_future();
  }

  NoteStore store_;
};

TEST_F(SequencerTest, TwoMutationsOfOneNameInOneGroupLeaveTwoRevisions) {
  Hold hold(store_);
  auto first = Submit(WriteNotes({{"notes/a", "one"}}));
  auto second = Submit(WriteNotes({{"notes/a", "two"}}));
  hold.Release();
  const Commit one = *first.get(), two = *second.get();
  EXPECT_EQ(one.seq + 1, two.seq);
  EXPECT_LT(one.commit_time, two.commit_time);
  EXPECT_THAT(*MessageAt(*store_->ViewAtSeq(one.seq), "notes/a"), Optional(Eq("one")));
  EXPECT_THAT(*MessageAt(*store_->ViewAtSeq(two.seq), "notes/a"), Optional(Eq("two")));
  EXPECT_EQ(store_->Latest().History(NotesTable(), "notes/a", 0, 10)->size(), 2u);
  EXPECT_EQ(*IndexAt(*store_->ViewAtSeq(one.seq), kByWord),
            *BruteForceAt(*store_->ViewAtSeq(one.seq), NotesTable(), kByWord));
  EXPECT_EQ(*IndexAt(store_->Latest(), kByWord),
            *BruteForceAt(store_->Latest(), NotesTable(), kByWord));
}

TEST_F(SequencerTest, AMutationSeesThoseBeforeItInTheGroup) {
  Hold hold(store_);
  auto first = Submit(WriteNotes({{"notes/a", "one"}}));
  std::optional<std::string> seen;
  Mutation reading;
  reading.apply = [&](Transaction& transaction) -> absl::Status {
    const auto version = transaction.Get(NotesTable(), "notes/a");
    Note note;
    if (version.ok() && version->has_value() && (*version)->ParseTo(note).ok())
      seen = note.message();
    note.set_message("own");
    EXPECT_TRUE(transaction.Put(NotesTable(), "notes/b", note).ok());
    EXPECT_TRUE(transaction.Get(NotesTable(), "notes/b")->has_value());
    return absl::OkStatus();
  };
  auto second = Submit(std::move(reading));
  hold.Release();
  ASSERT_TRUE(first.get().ok() && second.get().ok());
  EXPECT_THAT(seen, Optional(Eq("one")));
}

TEST_F(SequencerTest, AFailedMutationLeavesTheRestOfItsGroup) {
  Hold hold(store_);
  auto first = Submit(WriteNotes({{"notes/a", "one"}}));
  auto failing = Submit(WriteNotes({{"notes/b", "x"}, {"notes/b", "x"}}));
  auto third = Submit(WriteNotes({{"notes/c", "three"}}));
  hold.Release();
  EXPECT_EQ(first.get()->seq, 1u);
  EXPECT_FALSE(failing.get().ok());
  EXPECT_EQ(third.get()->seq, 2u);
}

TEST_F(SequencerTest, CommitTimesRiseWhateverTheClockDoes) {
  const int64_t first = store_.Put("notes/a", "one")->commit_time;
  EXPECT_EQ(store_.Put("notes/a", "two")->commit_time, first + 1);
  store_.clock.Advance(-testing::ManualClock::kDay);
  EXPECT_EQ(store_.Put("notes/a", "three")->commit_time, first + 2);
}

TEST_F(SequencerTest, TheQueueIsBounded) {
  Hold hold(store_);
  std::vector<std::future<absl::StatusOr<Commit>>> queued;
  for (;;) {
    queued.push_back(Submit(WriteNotes({{"notes/a", "x"}})));
    if (queued.back().wait_for(std::chrono::seconds(0)) == std::future_status::ready) break;
  }
  EXPECT_TRUE(errors::HasReason(queued.back().get().status(), types::v1::STORE_BUSY));
  queued.pop_back();
  hold.Release();
  for (auto& result : queued) EXPECT_TRUE(result.get().ok());
}

TEST_F(SequencerTest, ClosingCommitsWhatIsQueued) {
  std::vector<std::future<absl::StatusOr<Commit>>> queued;
  for (int i = 0; i < 500; ++i) queued.push_back(Submit(WriteNotes({{"notes/a", "x"}})));
  store_.Close();
  for (auto& result : queued) EXPECT_TRUE(result.get().ok());
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_EQ(store_->Latest().seq(), 500u);
}

// Writers keep pairs equal, each in one mutation; nobody may ever see a pair that differs.
TEST_F(SequencerTest, NoReaderSeesHalfOfAGroup) {
  constexpr int kWriters = 3, kRounds = 150;
  std::atomic<bool> writing = true;
  std::atomic<int> torn = 0, reads = 0;
  const auto check = [&](const ReadView& view) {
    for (int w = 0; w < kWriters; ++w) {
      const std::string name = "notes/" + std::to_string(w);
      const auto both =
          view.MultiGet(NotesTable(), std::vector<std::string>{name + "l", name + "r"});
      Note left, right;
      const bool there = both.ok() && (*both)[0].has_value() && (*both)[1].has_value();
      if (there && (*both)[0]->ParseTo(left).ok() && (*both)[1]->ParseTo(right).ok()) {
        if (left.message() != right.message()) ++torn;
      } else if (!both.ok() || (*both)[0].has_value() != (*both)[1].has_value()) {
        ++torn;
      }
    }
    ++reads;
  };
  std::vector<std::thread> readers;
  readers.emplace_back([&] {
    while (writing) check(store_->Latest());
  });
  readers.emplace_back([&] {
    while (writing) check(*store_.ViewAt(store_.clock.NowMicros()));
  });
  readers.emplace_back([&] {
    while (writing) check(*store_.ViewAt(store_->LastCommitTime()));
  });
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      const std::string name = "notes/" + std::to_string(w);
      for (int round = 0; round < kRounds; ++round) {
        const std::string message = std::to_string(round);
        EXPECT_TRUE(store_.PutAll({{name + "l", message}, {name + "r", message}}).ok());
        store_.clock.Advance(10);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  writing = false;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_GT(reads, 0);
}

}  // namespace
}  // namespace chancery::storage
