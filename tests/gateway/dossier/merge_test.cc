// Several lists become one, page by page, without loss, repetition or disorder.

#include "gateway/dossier/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace chancery::gateway::dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

struct Row {
  std::string id;
};

ListKey KeyOf(const Row& row) { return {chronology::kUndated, row.id}; }

// A list that a service would page through: its page tokens are positions.
struct List {
  std::vector<std::string> names;
  size_t page_size;

  Stream<Row> Read(const Place& place) const {
    Stream<Row> stream{place, {}, ""};
    const size_t from = place.page_token.empty() ? 0 : std::stoul(place.page_token);
    const size_t to = std::min(from + page_size, names.size());
    for (size_t i = from; i < to; ++i) stream.records.push_back({names[i]});
    if (to < names.size()) stream.next_page_token = std::to_string(to);
    return stream;
  }
};

std::vector<std::string> NamesOf(const Merged<Row>& merged) {
  std::vector<std::string> names;
  for (const Row& row : merged.records) names.push_back(row.id);
  return names;
}

// All pages, one after the other.
std::vector<std::string> ReadAll(const std::vector<List>& lists, size_t limit) {
  std::vector<std::string> all;
  std::vector<std::pair<size_t, Place>> places;
  for (size_t i = 0; i < lists.size(); ++i) places.push_back({i, Place{}});
  for (int page = 0; !places.empty() && page < 1000; ++page) {
    std::vector<Stream<Row>> streams;
    for (const auto& [list, place] : places) streams.push_back(lists[list].Read(place));
    const Merged<Row> merged = Merge(std::move(streams), limit, KeyOf);
    for (const std::string& name : NamesOf(merged)) all.push_back(name);
    std::vector<std::pair<size_t, Place>> next;
    for (size_t i = 0; i < places.size(); ++i) {
      if (!merged.ended[i]) next.push_back({places[i].first, merged.places[i]});
    }
    places = std::move(next);
  }
  return all;
}

TEST(MergeTest, MergesInOrderAndOnce) {
  const Merged<Row> merged =
      Merge<Row>({{{}, {{"a"}, {"c"}, {"d"}}, ""}, {{}, {{"b"}, {"c"}}, ""}}, 10, KeyOf);
  EXPECT_THAT(NamesOf(merged), ElementsAre("a", "b", "c", "d"));
  EXPECT_TRUE(merged.Complete());
}

TEST(MergeTest, StopsWhereTheNextPageMightHoldWhatComesNext) {
  const Merged<Row> merged =
      Merge<Row>({{{}, {{"a"}, {"b"}}, "2"}, {{}, {{"c"}, {"d"}}, ""}}, 10, KeyOf);
  EXPECT_THAT(NamesOf(merged), ElementsAre("a", "b"));
  EXPECT_FALSE(merged.Complete());
}

TEST(MergeTest, NothingMergesToNothing) {
  EXPECT_THAT(NamesOf(Merge<Row>({{{}, {}, ""}}, 10, KeyOf)), IsEmpty());
}

TEST(MergeTest, PagesAddUpToTheWhole) {
  for (size_t limit = 1; limit <= 6; ++limit) {
    for (size_t page_size = 1; page_size <= 6; ++page_size) {
      const std::vector<List> lists = {{{"a", "d", "e", "f", "k"}, page_size},
                                       {{"b", "d", "e", "g"}, page_size + 1},
                                       {{"c", "f", "h", "i", "j", "k"}, limit}};
      EXPECT_THAT(ReadAll(lists, limit),
                  ElementsAreArray({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}))
          << limit << " " << page_size;
    }
  }
}

}  // namespace
}  // namespace chancery::gateway::dossier
