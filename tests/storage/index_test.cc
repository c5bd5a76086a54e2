#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index_entries.h"
#include "storage/key_codec.h"
#include "tests/storage/note_store.h"

namespace chancery::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

IndexEntries EntriesFor(const std::string& message) {
  Note note;
  note.set_message(message);
  return EntriesOf(NotesTable(), note);
}

std::vector<std::string> Words(const IndexEntries& entries) {
  std::vector<std::string> words;
  for (const IndexEntry& entry : entries) {
    KeyReader reader(entry.emitted);
    if (entry.index == kByWord && reader.Text(words.emplace_back())) continue;
  }
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  return words;
}

TEST(IndexEntriesTest, RepeatedKeysAreOneEntry) {
  EXPECT_THAT(Words(EntriesFor("b a b")), ElementsAre("a", "b"));
}

TEST(IndexEntriesTest, ADiffIsTheLeastChange) {
  const IndexDiff diff = DiffEntries(EntriesFor("a b c"), EntriesFor("b c d"));
  EXPECT_THAT(Words(diff.removed), ElementsAre("a"));
  EXPECT_THAT(Words(diff.added), ElementsAre("d"));
  EXPECT_THAT(DiffEntries(EntriesFor("a"), EntriesFor("a")).added, IsEmpty());
}

TEST(IndexEntriesTest, ADeletedVersionHasNone) {
  RecordView version;
  version.header.delete_time = 1;
  EXPECT_THAT(*EntriesOf(NotesTable(), version), IsEmpty());
}

TEST(IndexEntriesTest, AVersionOfAnotherTypeIsCorrupt) {
  RecordView version;
  version.payload = "\xff\xff\xff";
  EXPECT_EQ(EntriesOf(NotesTable(), version).status().code(), absl::StatusCode::kDataLoss);
}

TEST(IndexTest, RangesOfAnIndexFollowTheEmittedKeys) {
  NoteStore store;
  ASSERT_TRUE(store.Open().ok());
  ASSERT_TRUE(
      store.PutAll({{"notes/1", "b"}, {"notes/2", "a"}, {"notes/3", "b"}, {"notes/4", "ba"}}).ok());
  const auto names = [&](const KeyRange& range) {
    std::vector<std::string> names;
    const auto cursor = store->Latest().ScanIndex(NotesTable(), NotesIndex(kByMessage), range);
    for (; cursor->Valid(); cursor->Next()) names.emplace_back(cursor->name());
    EXPECT_TRUE(cursor->status().ok());
    return names;
  };
  const std::string b = KeyWriter().Text("b").key();
  EXPECT_THAT(names({}), ElementsAre("notes/2", "notes/1", "notes/3", "notes/4"));
  EXPECT_THAT(names({b, PrefixEnd(b), false}), ElementsAre("notes/1", "notes/3"));
  EXPECT_THAT(names({b, PrefixEnd(b), true}), ElementsAre("notes/3", "notes/1"));

  // A range goes on after the key of any entry.
  const auto cursor =
      store->Latest().ScanIndex(NotesTable(), NotesIndex(kByMessage), {b, "", false});
  EXPECT_THAT(names({KeyAfter(cursor->key()), "", false}), ElementsAre("notes/3", "notes/4"));
}

TEST(IndexTest, IndexesOfANewStoreAreCompleteFromTheStart) {
  NoteStore store;
  ASSERT_TRUE(store.Open().ok());
  EXPECT_TRUE(store->IndexComplete(NotesTable(), NotesIndex(kByWord), store->Latest()));
  const IndexSpec unknown{99, "unknown", nullptr};
  EXPECT_FALSE(store->IndexComplete(NotesTable(), unknown, store->Latest()));
}

}  // namespace
}  // namespace chancery::storage
