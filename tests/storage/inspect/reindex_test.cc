#include "storage/inspect/reindex.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/database.h"
#include "storage/inspect/verify.h"
#include "storage/store_meta.h"
#include "tests/storage/note_store.h"
#include "tests/storage/random_notes.h"

namespace chancery::storage {
namespace {

class ReindexTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Open().ok());
    for (int i = 0; i < 400; ++i) {
      ASSERT_TRUE(store_.PutAll(random_.Notes()).ok());
      store_.clock.Advance(1 + static_cast<int64_t>(random_.Below(50)));
    }
  }

  void ExpectIndexesEqualBruteForce(const TableSpec& table) {
    const int64_t start = testing::ManualClock::kStart;
    const int64_t span = store_->LastCommitTime() - start;
    for (int i = 0; i < 100; ++i) {
      const int64_t moment = start + static_cast<int64_t>(random_.Below(span + 10));
      const ReadView view = *store_.ViewAt(moment);
      for (const uint16_t index : {kByMessage, kByWord}) {
        const auto kept = IndexAt(view, index);
        ASSERT_TRUE(kept.ok()) << kept.status();
        ASSERT_EQ(*kept, *BruteForceAt(view, table, index)) << moment << " " << index;
      }
    }
  }

  RandomNotes random_{20260101};
  NoteStore store_;
};

TEST_F(ReindexTest, KeptIndexesEqualABruteForceScanAtRandomTimes) {
  ExpectIndexesEqualBruteForce(NotesTable());
}

TEST_F(ReindexTest, RebuiltIndexesDoToo) {
  const std::string digest = *store_->Digest(store_->Latest());
  store_.Close();
  ASSERT_TRUE(Reindex(store_.options, nullptr).ok());
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_EQ(*store_->Digest(store_->Latest()), digest);
  ExpectIndexesEqualBruteForce(NotesTable());
  ASSERT_TRUE(store_->CompactAll().ok());
  ExpectIndexesEqualBruteForce(NotesTable());
}

TEST_F(ReindexTest, ARaisedDerivationRefusesToOpenUntilReindexed) {
  store_.options.tables = {&NotesTableDerivedAnew()};
  const absl::Status status = store_.Open();
  ASSERT_TRUE(errors::HasReason(status, types::v1::DERIVATION_STALE)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("table"), "notes");
  EXPECT_EQ(errors::InfoOf(status).metadata().at("stored"), "1/");
  EXPECT_EQ(errors::InfoOf(status).metadata().at("current"), "2/");

  uint64_t done = 0, all = 0;
  ASSERT_TRUE(Reindex(store_.options, [&](uint64_t entry, uint64_t total) {
                done = entry;
                all = total;
              }).ok());
  EXPECT_EQ(done, 400u);
  EXPECT_EQ(all, 400u);
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_TRUE(store_->IndexComplete(NotesTable(), NotesIndex(kByWord), *store_->ViewAtSeq(0)));
  ExpectIndexesEqualBruteForce(NotesTableDerivedAnew());
}

TEST_F(ReindexTest, AnotherUnicodeVersionIsAnotherDerivation) {
  store_.options.unicode_version = "72";
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::DERIVATION_STALE));
  ASSERT_TRUE(Reindex(store_.options, nullptr).ok());
  EXPECT_TRUE(store_.Open().ok());
}

TEST_F(ReindexTest, WithoutTheCheckStaleIndexesAreNotNoticed) {
  store_.options.tables = {&NotesTableDerivedAnew()};
  store_.options.unsafe.check_derivations = false;
  ASSERT_TRUE(store_.Open().ok());
  const auto kept = IndexAt(store_->Latest(), kByWord);
  EXPECT_NE(*kept, *BruteForceAt(store_->Latest(), NotesTableDerivedAnew(), kByWord));
}

TEST_F(ReindexTest, AnInterruptedRebuildRefusesToOpenUntilItIsFinished) {
  store_.Close();
  {
    FailureLatch latch(nullptr);
    const auto database =
        Database::Open({store_.options.path, store_.env(), nullptr, false, true}, &latch);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(BeginReindexing(**database).ok());
    ASSERT_TRUE((*database)->Recreate(Family::kIndex).ok());
  }
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::DERIVATION_STALE));
  ASSERT_TRUE(Reindex(store_.options, nullptr).ok());
  ASSERT_TRUE(store_.Open().ok());
  ExpectIndexesEqualBruteForce(NotesTable());
}

TEST_F(ReindexTest, ANewTableComesWithoutARebuild) {
  static const TableSpec more{8, "more", 5, &Note::default_instance(), {}};
  store_.options.tables = {&NotesTable(), &more};
  ASSERT_TRUE(store_.Open().ok());
  ASSERT_TRUE(store_.Put("notes/a", "x").ok());
  store_.options.tables = {&NotesTable()};
  EXPECT_TRUE(store_.Open().ok());
}

}  // namespace
}  // namespace chancery::storage
