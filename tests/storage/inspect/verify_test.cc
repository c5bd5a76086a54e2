#include "storage/inspect/verify.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/database.h"
#include "storage/local_journal.h"
#include "storage/record.h"
#include "tests/storage/note_store.h"
#include "tests/storage/random_notes.h"

namespace chancery::storage {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class VerifyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Open().ok());
    RandomNotes random(7);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(store_.PutAll(random.Notes()).ok());
    ASSERT_TRUE(store_.Put("notes/last", "alpha").ok());
    store_.Close();
  }

  // Changes the closed store behind its back.
  void Tamper(const std::function<void(Database&, rocksdb::WriteBatch&)>& change) {
    FailureLatch latch(nullptr);
    const auto database =
        Database::Open({store_.options.path, store_.env(), nullptr, false, true}, &latch);
    ASSERT_TRUE(database.ok()) << database.status();
    rocksdb::WriteBatch batch = Database::NewBatch();
    change(**database, batch);
    ASSERT_TRUE((*database)->Write(batch, true).ok());
  }

  std::vector<std::string> FindingKinds() {
    std::vector<std::string> kinds;
    const auto verified = VerifyStore(store_.options, [&](const Finding& finding) {
      kinds.push_back(finding.kind);
      shown_ += finding.kind + " " + finding.where + ": " + finding.what + "\n";
    });
    EXPECT_TRUE(verified.ok()) << verified.status();
    EXPECT_EQ(verified->findings, kinds.size());
    return kinds;
  }

  NoteStore store_;
  std::string shown_;
};

TEST_F(VerifyTest, AStoreThatIsWholeHasNoFindings) {
  EXPECT_THAT(FindingKinds(), IsEmpty()) << shown_;
  ASSERT_TRUE(store_.Open().ok());
  ASSERT_TRUE(store_->CompactAll().ok());
  store_.Close();
  const auto verified = VerifyStore(store_.options, [&](const Finding& finding) {
    ADD_FAILURE() << finding.kind << finding.where << finding.what;
  });
  EXPECT_EQ(verified->entries, 201u);
  EXPECT_GT(verified->versions, 201u);
  EXPECT_GT(verified->index_events, 201u);
}

TEST_F(VerifyTest, AMissingIndexEntryIsFound) {
  Tamper([](Database& database, rocksdb::WriteBatch& batch) {
    const auto entries = database.IterateAt(Family::kIndex, {}, 201);
    (*entries)->SeekToFirst();
    database.DeleteAt(batch, Family::kIndex, entries->key(), 201);
  });
  const std::vector<std::string> kinds = FindingKinds();
  EXPECT_THAT(kinds, Not(IsEmpty()));
  EXPECT_THAT(kinds, Each("index")) << shown_;
}

TEST_F(VerifyTest, AChangedVersionIsFound) {
  Tamper([](Database& database, rocksdb::WriteBatch& batch) {
    database.PutAt(batch, Family::kRecords, RecordKey(kNotesTable, "notes/last"), 201,
                   EncodeRecord({}, ""));
  });
  EXPECT_THAT(FindingKinds(), Contains("record")) << shown_;
}

TEST_F(VerifyTest, AVersionThatNobodyWroteIsFound) {
  Tamper([](Database& database, rocksdb::WriteBatch& batch) {
    database.PutAt(batch, Family::kRecords, RecordKey(kNotesTable, "notes/phantom"), 100,
                   EncodeRecord({}, ""));
  });
  EXPECT_THAT(FindingKinds(), Contains("record")) << shown_;
}

TEST_F(VerifyTest, ARewrittenJournalEntryIsFound) {
  Tamper([](Database& database, rocksdb::WriteBatch& batch) {
    JournalEntry entry = *ReadEntry(database, 50);
    entry.note = "rewritten";
    database.Put(batch, Family::kJournal, JournalKey(50), EncodeJournalEntry(entry));
  });
  EXPECT_THAT(FindingKinds(), ElementsAre("journal")) << shown_;
}

TEST_F(VerifyTest, AMissingTimeIsFound) {
  Tamper([](Database& database, rocksdb::WriteBatch& batch) {
    database.Delete(batch, Family::kTimes, TimesKey(ReadEntry(database, 50)->commit_time));
  });
  EXPECT_THAT(FindingKinds(), Contains("times")) << shown_;
}

TEST_F(VerifyTest, AStaleDerivationIsFound) {
  store_.options.tables = {&NotesTableDerivedAnew()};
  const std::vector<std::string> kinds = FindingKinds();
  EXPECT_THAT(kinds, Contains("derivation"));
  EXPECT_THAT(kinds, Contains("index"));
}

}  // namespace
}  // namespace chancery::storage
