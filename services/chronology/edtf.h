#ifndef CHANCERY_SERVICES_CHRONOLOGY_EDTF_H_
#define CHANCERY_SERVICES_CHRONOLOGY_EDTF_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/chronology/partial_date.h"

namespace chancery::chronology {

// What a date says, as the writer's words would. A moment is one day, known or not; a stretch
// covers all of its days. The two are not the same: what happened some day from the 12th to the
// 14th (`[a..b]`) may have missed the 13th, what went on throughout (`a/b`) did not.
//
//   kPoint         moment   `2012-06-18`, `2009-05`   on that day; on one day of that month
//   kWithin        moment   `[2009-10-12..2009-10-14]` some day from the 12th to the 14th
//   kOnOrBefore    moment   `[..2003]`                some day, at the latest in 2003
//   kOnOrAfter     moment   `[2003..]`                some day, at the earliest in 2003
//   kOneOf         moment   `[2003,2005..2006]`       some day of one of these
//   kAllOf         moments  `{2003,2005..2006}`       some day of each of these: of three years
//   kThroughout    stretch  `2008-11-05/2008-11-08`   from the first to the last
//   kOngoing       stretch  `2007/..`                 since, and no end to it yet
//   kEndUnknown    stretch  `2007/`                   since; whether and when it ended is unknown
//   kStartOpen     stretch  `../2007`                 until, and no start to it
//   kStartUnknown  stretch  `/2007`                   until; since when is unknown
enum class Shape {
  kPoint,
  kWithin,
  kOnOrBefore,
  kOnOrAfter,
  kOneOf,
  kAllOf,
  kThroughout,
  kOngoing,
  kEndUnknown,
  kStartOpen,
  kStartUnknown,
};

// One side of an interval or of a range in a set.
struct Endpoint {
  enum class Kind {
    kDate,
    kOpen,     // `..`
    kUnknown,  // nothing written; only in intervals
  };

  Kind kind = Kind::kDate;
  PartialDate date;  // meaningful for kDate only

  bool IsDate() const { return kind == Kind::kDate; }
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// From one endpoint to another; a single date is a span from itself to itself.
struct Span {
  Endpoint start;
  Endpoint end;

  friend bool operator==(const Span&, const Span&) = default;
};

// A date of the record in the Extended Date/Time Format (EDTF, ISO 8601-2:2019, in the profile of
// the Library of Congress). Made by Parse() in edtf_parser.h, which states what is accepted and
// what is out of scope. Immutable; equal exactly if the canonical texts are equal, so `2009` and
// `2009-XX` differ although their bounds do not.
class Edtf {
 public:
  enum class Form {
    kDate,
    kInterval,
    kOneOf,  // a set in brackets
    kAllOf,  // a set in braces
  };

  // For the parser: `spans` must be as it would make them (one unless `form` is a set, in ascending
  // order, without overlap, none upside down). A set of one date becomes that date.
  Edtf(Form form, std::vector<Span> spans);

  // The canonical text: Parse(ToString()) is this date again.
  std::string ToString() const;

  // The first and the last day that it can touch; nullopt where it has no bound. `1956` gives
  // 1956-01-01 and 1956-12-31; `[..2003]` none and 2003-12-31; `2007/..` 2007-01-01 and none.
  std::optional<absl::CivilDay> earliest() const;
  std::optional<absl::CivilDay> latest() const;

  Shape shape() const;

  // The coarsest precision among its dates.
  Precision precision() const;

  // The doubts of all its dates together: `2008~/2012?` is kUncertainAndApproximate.
  Qualifier qualifier() const;

  // The same date with the doubts left out: `2008~/2012?` becomes `2008/2012`. For a caller that
  // wants to compare doubtful dates at their word.
  Edtf WithoutQualifiers() const;

  // Whether no day that it can touch, known or not, is of a year outside `first` to `last`.
  bool InYears(int64_t first, int64_t last) const;

  Form form() const { return form_; }
  const std::vector<Span>& spans() const { return spans_; }

  friend bool operator==(const Edtf&, const Edtf&) = default;

 private:
  Form form_;
  std::vector<Span> spans_;
};

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_EDTF_H_
