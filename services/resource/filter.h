#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/chronology/window.h"

namespace chancery::resource {

struct BoundFilter;

// A field that a list can be filtered by without being a field of the resource: `involves`. It acts
// like a repeated text field.
struct VirtualField {
  const char* name;
  std::vector<std::string> (*values)(const google::protobuf::Message&);
};

// The filter of a list request (AIP-160).
//
//   kind = VISIT AND (venue.state = "states/jp" OR venue.state = "states/ru")
//   involves = "states/jp" AND involves = "states/ru" NOT participants.role:MEDIATOR
//   -title = "*talks*" update_time > "2012-06-18T00:00:00Z" venue.locality:*
//
// Expressions. Restrictions beside each other are joined as by AND. OR binds tighter than AND. NOT
// and its short form `-` stand before one restriction or a pair of parentheses. AND, OR and NOT are
// in upper case. A value alone, without a field, is refused.
//
// Fields are paths of snake_case (or JSON's lowerCamelCase) names. Through a repeated field a path
// means "any element has", with `:` and `=` alike; each restriction looks for an element of its
// own. To ask that none has, write `NOT path:value`. INPUT_ONLY fields are not there to ask for.
//
// Values are words, or texts in double or single quotes in which `\` keeps the next `"`, `'`, `\`
// or
// `*` as it stands. By the type of the field:
//
//   text        = != :   with `*` first or last (or both) for "ends with", "begins with",
//   "contains"
//               < <= > >=   by code points
//   integer     = != : < <= > >=
//   timestamp   = != : < <= > >=   RFC 3339
//   enum, bool  = != :   an enum's value by its name
//   Date        = != :   the same date, written the same way but for EDTF's own freedoms
//   any         path:*   set, or a repeated field with an element
//
// Functions ask about the days of a Date, for a window of days (chronology::ParseWindow), under all
// readings of the date (chronology::MatchWindow):
//
//   overlaps(time, "2009-05-01/2009-05-31")            it may have a day in common with these
//   within(time, 2009-05)                              all of its days may be among these
//   overlaps(time, 2009-05) = CERTAIN                  it has one under every reading
//   overlaps(time, 2009-05) = POSSIBLE                 under some readings, not under all
//   overlaps(time, 2009-05) = NO                       under none
//
// and likewise with `!=` and `:`. What goes on without an end is certain up to the as-of of the
// citations that support it.
//
// `:` means `=` wherever there is one value. An entry where a message on the way is unset does not
// match, not even with `!=`; nor does an unset field that knows that it is unset (a member of a
// oneof). NOT matches whatever its operand does not.
//
// Limits: kMaxLength code points, kMaxRestrictions, kMaxDepth pairs of parentheses within each
// other or names in one path.
//
// Immutable, thread-safe, cheap to copy.
class Filter {
 public:
  static constexpr size_t kMaxLength = 4096;
  static constexpr size_t kMaxRestrictions = 32;
  static constexpr size_t kMaxDepth = 16;

  // An empty text matches everything. Compare normalised text with normalised text: `text` should
  // be in NFC, as records are.
  //
  // FILTER_INVALID otherwise. Metadata: `filter` (its beginning, if it is long), `position` (code
  // points from 0) and `rule`; where it applies `field`, `value` and `nearest` (comma-separated
  // names that may have been meant). The rules:
  //   utf-8, length, restrictions, depth
  //   syntax          what stands there cannot stand there
  //   string, escape  a text without its closing quote; `\` before another character
  //   wildcard        `*` inside a text, alone in quotes, or with another comparator or type
  //   presence        `*` with another comparator than `:`
  //   bare-value      a value without a field
  //   keyword-case    `and`, `or`, `not`
  //   function        a function that there is not, or one where none can stand
  //   function-field  a function of what is no Date
  //   window          days that leave open which ones are meant, or are none
  //   certainty       not CERTAIN, POSSIBLE or NO
  //   argument-group  `field = (…)`
  //   unknown-field, input-only
  //   message         a message compared as a whole
  //   repeated        != < <= > >= through a repeated field
  //   operator        a comparator that the type does not have
  //   date-order      < <= > >= with a Date: whether a date is before another is not a yes or no
  //   enum-value, boolean, number, timestamp, date   not a value of the field's type
  //   unsupported     a field of a type that cannot be compared
  //
  // `resource` and the functions of `virtual_fields` must outlive the filter.
  static absl::StatusOr<Filter> Parse(absl::string_view text,
                                      const google::protobuf::Descriptor* resource,
                                      absl::Span<const VirtualField> virtual_fields);

  bool empty() const { return bound_ == nullptr; }

  // `record` must be of the type that the filter was parsed for.
  bool Matches(const google::protobuf::Message& record) const;

  // A restriction that every match satisfies and that an index can answer: a part of the outermost
  // AND that says `path = value` (or, the same, `path:value`) with text, an enum, an integer or a
  // bool. Unset values are in no index, so `= ""`, `= 0`, `= false` and a zero enum are left out.
  struct Equality {
    // In snake_case. A Date's is that of its text: `time.edtf`.
    std::string path;
    // An enum by its name, a bool as "true".
    std::string value;
  };

  // In the order of the text; what is said twice comes twice.
  const std::vector<Equality>& required_equalities() const { return equalities_; }

  // A window that every match overlaps, possibly: a part of the outermost AND.
  struct Overlap {
    // Of the date, in snake_case.
    std::string path;
    chronology::Window window;
  };

  const std::vector<Overlap>& required_overlaps() const { return overlaps_; }

  // True if the equalities at these positions are all that the filter says, so that an index
  // answering them needs no second look.
  bool CoveredBy(absl::Span<const size_t> equalities) const;

 private:
  Filter() = default;

  std::shared_ptr<const BoundFilter> bound_;
  std::vector<Equality> equalities_;
  std::vector<Overlap> overlaps_;
  // Parts of the outermost AND.
  size_t conjuncts_ = 0;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_H_
