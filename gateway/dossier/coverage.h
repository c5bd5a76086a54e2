#ifndef CHANCERY_GATEWAY_DOSSIER_COVERAGE_H_
#define CHANCERY_GATEWAY_DOSSIER_COVERAGE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "chancery/agreements/v1/segment.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/types/v1/citation.pb.h"

namespace chancery::gateway::dossier {

// Tallies which segments of a source are cited. Keeps a few bytes for each segment of the document
// and nothing of the records. Pure; not thread-safe.
class Coverage {
 public:
  // In the order of their starts. Those of other versions than `digest` are left out.
  explicit Coverage(std::string digest) : digest_(std::move(digest)) {}
  void AddSegment(const agreements::v1::Segment& segment);

  // To be called once all segments are in. A citation of another version than the segments' touches
  // none, nor does one of the whole document.
  void AddCitation(const std::string& record, const types::v1::Citation& citation);

  // From here on the records that cite these segments are kept too, at most 100 for each: places in
  // Shown().
  void KeepRecords(size_t first, size_t last);

  size_t size() const { return segments_.size(); }
  int64_t uncited() const;

  // At most `limit` segments from place `start` on, or those that nothing cites; `next` becomes the
  // place to go on at, 0 at the end.
  std::vector<v1::SegmentCoverage> Shown(size_t start, size_t limit, bool uncited_only,
                                         size_t& next) const;

 private:
  struct Segment {
    std::string name;
    int32_t start;
    int32_t end;
    int32_t citations = 0;
  };

  const std::string digest_;
  std::vector<Segment> segments_;
  size_t keep_first_ = 0;
  size_t keep_last_ = 0;
  // By place.
  std::map<size_t, std::vector<std::string>> records_;
};

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_COVERAGE_H_
