#include "gateway/dossier/coverage.h"

#include <algorithm>
#include <utility>

namespace chancery::gateway::dossier {
namespace {

constexpr size_t kMaxRecords = 100;

}  // namespace

void Coverage::AddSegment(const agreements::v1::Segment& segment) {
  if (segment.digest() != digest_) return;
  segments_.push_back({segment.name(), segment.start(), segment.end()});
}

void Coverage::AddCitation(const std::string& record, const types::v1::Citation& citation) {
  if (!citation.digest().empty() && citation.digest() != digest_) return;
  // Segments do not overlap: ordered by their starts, they are by their ends.
  auto segment = std::partition_point(segments_.begin(), segments_.end(), [&](const Segment& each) {
    return each.end <= citation.start();
  });
  for (; segment != segments_.end() && segment->start < citation.end(); ++segment) {
    ++segment->citations;
    const size_t place = segment - segments_.begin();
    if (place < keep_first_ || place >= keep_last_) continue;
    std::vector<std::string>& records = records_[place];
    const bool is_new = std::find(records.begin(), records.end(), record) == records.end();
    if (is_new && records.size() < kMaxRecords) records.push_back(record);
  }
}

void Coverage::KeepRecords(size_t first, size_t last) {
  keep_first_ = first;
  keep_last_ = last;
}

int64_t Coverage::uncited() const {
  return std::count_if(segments_.begin(), segments_.end(),
                       [](const Segment& segment) { return segment.citations == 0; });
}

std::vector<v1::SegmentCoverage> Coverage::Shown(size_t start, size_t limit, bool uncited_only,
                                                 size_t& next) const {
  std::vector<v1::SegmentCoverage> shown;
  next = 0;
  for (size_t i = start; i < segments_.size(); ++i) {
    const Segment& segment = segments_[i];
    if (uncited_only && segment.citations > 0) continue;
    if (shown.size() == limit) {
      next = i;
      break;
    }
    v1::SegmentCoverage& row = shown.emplace_back();
    row.set_segment(segment.name);
    row.set_start(segment.start);
    row.set_end(segment.end);
    row.set_citations(segment.citations);
    const auto records = records_.find(i);
    if (records == records_.end()) continue;
    std::vector<std::string> sorted = records->second;
    std::sort(sorted.begin(), sorted.end());
    row.mutable_records()->Add(sorted.begin(), sorted.end());
  }
  return shown;
}

}  // namespace chancery::gateway::dossier
