#include "gateway/dossier/coverage.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace chancery::gateway::dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Add(Coverage& coverage, const std::string& name, int start, int end,
         const std::string& digest = "d") {
  agreements::v1::Segment segment;
  segment.set_name(name);
  segment.set_digest(digest);
  segment.set_start(start);
  segment.set_end(end);
  coverage.AddSegment(segment);
}

void Cite(Coverage& coverage, const std::string& record, int start, int end,
          const std::string& digest = "d") {
  types::v1::Citation citation;
  citation.set_digest(digest);
  citation.set_start(start);
  citation.set_end(end);
  coverage.AddCitation(record, citation);
}

std::vector<int> Counts(const Coverage& coverage) {
  size_t next = 0;
  std::vector<int> counts;
  for (const auto& row : coverage.Shown(0, 100, false, next)) counts.push_back(row.citations());
  return counts;
}

Coverage Three() {
  Coverage coverage("d");
  Add(coverage, "a", 0, 10);
  Add(coverage, "old", 5, 12, "another");
  Add(coverage, "b", 11, 20);
  Add(coverage, "c", 21, 30);
  return coverage;
}

TEST(Coverage, CountsWhatTouchesASegment) {
  Coverage coverage = Three();
  EXPECT_EQ(coverage.size(), 3u);
  EXPECT_THAT(Counts(coverage), ElementsAre(0, 0, 0));
  Cite(coverage, "x", 0, 1);
  EXPECT_THAT(Counts(coverage), ElementsAre(1, 0, 0));
  Cite(coverage, "x", 9, 11);   // ends between the first two
  Cite(coverage, "x", 10, 11);  // lies between them
  EXPECT_THAT(Counts(coverage), ElementsAre(2, 0, 0));
  Cite(coverage, "y", 5, 22);
  EXPECT_THAT(Counts(coverage), ElementsAre(3, 1, 1));
  Cite(coverage, "y", 29, 99);
  EXPECT_THAT(Counts(coverage), ElementsAre(3, 1, 2));
  EXPECT_EQ(coverage.uncited(), 0);
}

TEST(Coverage, LeavesOutOtherVersionsAndTheDocumentAsAWhole) {
  Coverage coverage = Three();
  Cite(coverage, "x", 0, 30, "another");
  Cite(coverage, "x", 0, 0);
  EXPECT_EQ(coverage.uncited(), 3);
  Cite(coverage, "x", 0, 30, "");
  EXPECT_EQ(coverage.uncited(), 0);
}

TEST(Coverage, ShowsPages) {
  Coverage coverage = Three();
  Cite(coverage, "x", 12, 13);
  size_t next = 0;
  EXPECT_EQ(coverage.Shown(0, 2, false, next).size(), 2u);
  EXPECT_EQ(next, 2u);
  EXPECT_EQ(coverage.Shown(next, 2, false, next)[0].segment(), "c");
  EXPECT_EQ(next, 0u);
  EXPECT_EQ(coverage.Shown(0, 1, true, next)[0].segment(), "a");
  EXPECT_EQ(next, 2u);
  EXPECT_EQ(coverage.Shown(next, 1, true, next)[0].segment(), "c");
  EXPECT_EQ(next, 0u);
}

TEST(Coverage, KeepsTheRecordsOfAPage) {
  Coverage coverage = Three();
  coverage.KeepRecords(1, 2);
  for (int i = 0; i < 3; ++i) Cite(coverage, "y", 0, 12);
  Cite(coverage, "x", 12, 13);
  size_t next = 0;
  const auto shown = coverage.Shown(0, 10, false, next);
  EXPECT_THAT(shown[0].records(), IsEmpty());
  EXPECT_THAT(shown[1].records(), ElementsAre("x", "y"));
  EXPECT_EQ(shown[1].citations(), 4);
}

}  // namespace
}  // namespace chancery::gateway::dossier
