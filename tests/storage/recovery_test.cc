#include "storage/recovery.h"

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/key_codec.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

class RecoveryTest : public ::testing::Test {
 protected:
  std::vector<std::string> Files(const std::string& suffix) {
    std::vector<std::string> children, files;
    EXPECT_TRUE(store_.env()->GetChildren(store_.options.path, &children).ok());
    for (const std::string& child : children) {
      if (child.size() > suffix.size() && child.substr(child.size() - suffix.size()) == suffix) {
        files.push_back(store_.options.path + "/" + child);
      }
    }
    return files;
  }

  std::string Read(const std::string& file) {
    std::string bytes;
    EXPECT_TRUE(rocksdb::ReadFileToString(store_.env(), file, &bytes).ok());
    return bytes;
  }

  void Write(const std::string& file, const std::string& bytes) {
    EXPECT_TRUE(rocksdb::WriteStringToFile(store_.env(), bytes, file).ok());
  }

  // Puts `count` notes into a new store and closes it.
  void Fill(int count) {
    ASSERT_TRUE(store_.Open().ok());
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(store_.Put("notes/" + std::to_string(i), std::string(200, 'x')).ok());
    }
    store_.Close();
  }

  void CutLog(double part) {
    const std::string log = Files(".log").at(0);
    const std::string bytes = Read(log);
    Write(log, bytes.substr(0, static_cast<size_t>(bytes.size() * part)));
  }

  NoteStore store_;
};

TEST_F(RecoveryTest, ALostTailIsRefusedUnlessItIsAccepted) {
  Fill(100);
  CutLog(0.5);
  const absl::Status status = store_.Open();
  ASSERT_TRUE(errors::HasReason(status, types::v1::WAL_TAIL_LOST)) << status;
  const auto metadata = errors::InfoOf(status).metadata();
  EXPECT_EQ(metadata.at("expected"), "100");
  const uint64_t recovered = std::stoull(metadata.at("recovered"));
  EXPECT_LT(recovered, 100u);

  store_.options.accept_data_loss = recovered + 1;
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::WAL_TAIL_LOST));
  store_.options.accept_data_loss = recovered;
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_EQ(store_->Latest().seq(), recovered);
  EXPECT_EQ(store_.Put("notes/new", "x")->seq, recovered + 1);
  store_.options.accept_data_loss = 0;
  EXPECT_TRUE(store_.Open().ok());
}

TEST_F(RecoveryTest, ALostLogIsRefused) {
  Fill(10);
  for (const std::string& log : Files(".log")) ASSERT_TRUE(store_.env()->DeleteFile(log).ok());
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::WAL_TAIL_LOST));
}

TEST_F(RecoveryTest, ALostTailIsDetectedAtOnceWhenEveryCommitIsNoted) {
  store_.options.high_water = HighWater::kEveryCommit;
  ASSERT_TRUE(store_.Open().ok());
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(store_.Put("notes/a", std::string(100, 'x')).ok());
    // What a crash at this moment would leave has the mark already.
    EXPECT_NE(Read(store_.options.path + "/HIGH_WATER").find(KeyWriter().U64(i + 1).key()),
              std::string::npos);
  }
}

TEST_F(RecoveryTest, AnotherJournalThanTheNotedOneIsRefused) {
  Fill(5);
  const std::string mark = Read(store_.options.path + "/HIGH_WATER");
  NoteStore other(store_.env(), "/other");
  ASSERT_TRUE(other.Open().ok());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(other.Put("notes/other", "x").ok());
  other.Close();
  Write("/other/HIGH_WATER", mark);
  EXPECT_TRUE(errors::HasReason(other.Open(), types::v1::STORE_CORRUPT));
}

TEST_F(RecoveryTest, OneTornSlotIsNoLossAndTwoAreCorrupt) {
  Fill(3);
  const std::string file = store_.options.path + "/HIGH_WATER";
  const std::string good = Read(file);
  ASSERT_EQ(good.size(), 1024u);
  for (const size_t slot : {0, 512}) {
    std::string torn = good;
    torn[slot + 20] ^= 1;
    Write(file, torn);
    EXPECT_TRUE(store_.Open().ok()) << slot;
    store_.Close();
  }
  std::string torn = good;
  torn[20] ^= 1;
  torn[512 + 20] ^= 1;
  Write(file, torn);
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::STORE_CORRUPT));
  ASSERT_TRUE(store_.env()->DeleteFile(file).ok());
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::STORE_CORRUPT));
}

TEST_F(RecoveryTest, AFlippedByteInTheMiddleOfTheLogIsRefused) {
  Fill(100);
  const std::string log = Files(".log").at(0);
  std::string bytes = Read(log);
  bytes[bytes.size() / 2] ^= 0x10;
  Write(log, bytes);
  EXPECT_TRUE(errors::HasReason(store_.Open(), types::v1::STORE_CORRUPT));
}

TEST_F(RecoveryTest, AFlippedByteInATableFileIsDataLossAndNeverAShortAnswer) {
  ASSERT_TRUE(store_.Open().ok());
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(
        store_.Put("notes/" + std::to_string(1000 + i), std::string(500, 'a' + i % 26)).ok());
  }
  ASSERT_TRUE(store_->CompactAll().ok());
  store_.Close();
  for (const std::string& file : Files(".sst")) {
    std::string bytes = Read(file);
    if (bytes.size() < 10'000) continue;
    bytes[bytes.size() / 3] ^= 1;
    Write(file, bytes);
  }
  const absl::Status opened = store_.Open();
  if (!opened.ok()) {
    EXPECT_TRUE(errors::HasReason(opened, types::v1::STORE_CORRUPT)) << opened;
    return;
  }
  size_t seen = 0;
  const auto cursor = store_->Latest().Scan(NotesTable(), {});
  for (; cursor->Valid(); cursor->Next()) ++seen;
  EXPECT_LT(seen, 300u);
  EXPECT_TRUE(errors::HasReason(cursor->status(), types::v1::STORE_CORRUPT)) << cursor->status();
  EXPECT_EQ(store_->Digest(store_->Latest()).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(RecoveryTest, AnEntryThatIsNoRecordIsDataLoss) {
  Fill(3);
  {
    FailureLatch latch(nullptr);
    const auto database =
        Database::Open({store_.options.path, store_.env(), nullptr, false, true}, &latch);
    rocksdb::WriteBatch batch = Database::NewBatch();
    (*database)->PutAt(batch, Family::kRecords, RecordKey(kNotesTable, "notes/1"), 3, "no record");
    ASSERT_TRUE((*database)->Write(batch, true).ok());
  }
  ASSERT_TRUE(store_.Open().ok());
  EXPECT_EQ(MessageAt(store_->Latest(), "notes/1").status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(NotesAt(store_->Latest()).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(RecoveryTest, TheFormatOfANewerReleaseIsRefused) {
  Fill(1);
  {
    FailureLatch latch(nullptr);
    const auto database =
        Database::Open({store_.options.path, store_.env(), nullptr, false, true}, &latch);
    rocksdb::WriteBatch batch = Database::NewBatch();
    (*database)->Put(batch, Family::kMeta, FormatKey(), KeyWriter().U32(kFormatVersion + 1).key());
    ASSERT_TRUE((*database)->Write(batch, true).ok());
  }
  const absl::Status status = store_.Open();
  ASSERT_TRUE(errors::HasReason(status, types::v1::FORMAT_UNSUPPORTED)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("format"), "2");
}

TEST(StoreLockTest, AStoreInUseNamesItsOwner) {
  const std::string path = ::testing::TempDir() + "/locked_store";
  std::filesystem::remove_all(path);
  NoteStore store(rocksdb::Env::Default(), path);
  ASSERT_TRUE(store.Open().ok());
  NoteStore second(rocksdb::Env::Default(), path);
  const absl::Status status = second.Open();
  ASSERT_TRUE(errors::HasReason(status, types::v1::STORE_LOCKED)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("pid"), std::to_string(getpid()));
  EXPECT_EQ(errors::InfoOf(status).metadata().at("path"), path);
  store.Close();
  EXPECT_TRUE(second.Open().ok());
}

}  // namespace
}  // namespace chancery::storage
