#include "storage/journal.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/local_journal.h"
#include "storage/record.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using ::testing::ElementsAre;

JournalEntry Entry() {
  JournalEntry entry;
  entry.seq = 2;
  entry.commit_time = 1'000;
  entry.principal = "anna";
  entry.request_id = "r-1";
  entry.change_kind = 3;
  entry.note = "a reason";
  entry.effects.push_back({7, "notes/a", EffectOp::kPut, std::string(32, 'd'), "not encoded"});
  entry.effects.push_back({7, "notes/b", EffectOp::kErase, "", ""});
  entry.hash = ChainHash("", entry);
  return entry;
}

TEST(JournalTest, WhatIsEncodedIsDecoded) {
  const auto decoded = DecodeJournalEntry(EncodeJournalEntry(Entry()));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(EncodeJournalEntry(*decoded), EncodeJournalEntry(Entry()));
  EXPECT_EQ(decoded->note, "a reason");
  ASSERT_EQ(decoded->effects.size(), 2u);
  EXPECT_EQ(decoded->effects[0].value, "");
  EXPECT_EQ(decoded->effects[1].op, EffectOp::kErase);
}

TEST(JournalTest, OtherBytesAreCorrupt) {
  const std::string good = EncodeJournalEntry(Entry());
  for (size_t size = 0; size < good.size(); ++size) {
    const auto entry = DecodeJournalEntry(good.substr(0, size));
    EXPECT_TRUE(errors::HasReason(entry.status(), types::v1::STORE_CORRUPT)) << size;
  }
  EXPECT_FALSE(DecodeJournalEntry(good + "x").ok());
}

TEST(JournalTest, TheHashCoversEverythingButTheValues) {
  const JournalEntry entry = Entry();
  const auto changed = [&](auto change) {
    JournalEntry other = entry;
    change(other);
    return ChainHash("", other) != ChainHash("", entry);
  };
  EXPECT_TRUE(changed([](JournalEntry& e) { e.seq = 3; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.commit_time = 1; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.principal = "ann"; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.note = ""; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.change_kind = 0; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.effects[0].digest[0] = 'e'; }));
  EXPECT_TRUE(changed([](JournalEntry& e) { e.effects.pop_back(); }));
  EXPECT_FALSE(changed([](JournalEntry& e) { e.effects[0].value = "erased"; }));
  EXPECT_NE(ChainHash(std::string(32, 'p'), entry), ChainHash("", entry));
}

// The chain must come out the same in every implementation and every release.
TEST(JournalTest, TheBytesAreFrozen) {
  EXPECT_EQ(absl::BytesToHexString(Entry().hash),
            "ae7a8fb7a5886968d3f737989f78ae8af0f2ec049be6c064ae73c1afa4a4e390");
  EXPECT_EQ(absl::BytesToHexString(EncodeJournalEntry(Entry())).substr(0, 60),
            "010000000000000002000080000000000003e8616e6e610000722d310000");
}

TEST(JournalTest, AStoreJournalsItsEffectsWithTheirValues) {
  NoteStore store;
  ASSERT_TRUE(store.Open().ok());
  ASSERT_TRUE(store.PutAll({{"notes/a", "one"}, {"notes/b", "two"}}).ok());
  ASSERT_TRUE(store.Put("notes/a", "").ok());
  EXPECT_EQ(store->journal().LastSeq(), 2u);

  std::vector<std::string> seen;
  JournalEntry previous;
  ASSERT_TRUE(store->journal()
                  .Read(1, 2, true,
                        [&](const JournalEntry& entry) {
                          EXPECT_TRUE(CheckLink(previous, entry).ok());
                          previous = entry;
                          for (const Effect& effect : entry.effects) {
                            const auto record = DecodeRecord(effect.value);
                            EXPECT_EQ(RecordDigest(record->header.salt, effect.value),
                                      effect.digest);
                            seen.push_back(std::to_string(entry.seq) + effect.key +
                                           (effect.op == EffectOp::kDelete ? "-" : "+"));
                          }
                          return absl::OkStatus();
                        })
                  .ok());
  EXPECT_THAT(seen, ElementsAre("1notes/a+", "1notes/b+", "2notes/a-"));
}

TEST(JournalTest, ReadingStopsAtTheFirstError) {
  NoteStore store;
  ASSERT_TRUE(store.Open().ok());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store.Put("notes/a", "x").ok());
  int visited = 0;
  const absl::Status status = store->journal().Read(2, 3, false, [&](const JournalEntry&) {
    ++visited;
    return absl::AbortedError("enough");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(visited, 1);
}

}  // namespace
}  // namespace chancery::storage
