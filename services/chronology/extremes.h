#ifndef CHANCERY_SERVICES_CHRONOLOGY_EXTREMES_H_
#define CHANCERY_SERVICES_CHRONOLOGY_EXTREMES_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "services/chronology/edtf.h"

namespace chancery::chronology {

// Which of several dates is the first, or the last.
struct Extreme {
  enum class Kind {
    kNone,          // there are no dates
    kOne,           // this one, under every reading
    kTied,          // these, certainly on the same day
    kUndetermined,  // one of these; which one depends on the reading
  };

  Kind kind = Kind::kNone;
  std::vector<size_t> which;  // positions in the list, ascending
};

// By the day on which they began.
//
//   2009-05, 2010, 2011-02-11          kOne           the first
//   2012-06-18, 2012-06-18, 2012-07    kTied          the first two
//   2012-06, 2012-06-18, 2012-07       kUndetermined  one of the first two
//   1956~, 2012-06-18                  kUndetermined  a doubtful date excludes nothing
Extreme FirstOf(absl::Span<const Edtf> dates);

// By the day on which they ended. What goes on, `2007/..`, may always be the last.
Extreme LastOf(absl::Span<const Edtf> dates);

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_EXTREMES_H_
