#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_PARSER_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_PARSER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/errors/error.h"

// The grammar of filters, without any knowledge of what the fields are. What it accepts is
// described in filter.h.

namespace chancery::resource {

enum class Comparator {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kHas,
};

// The tree of a filter. Its leaves are numbered, from left to right, so that it stays the same
// whatever a leaf becomes.
struct FilterNode {
  enum class Kind { kAnd, kOr, kNot, kRestriction };

  Kind kind = Kind::kAnd;
  // At least two for kAnd and kOr, one for kNot, none for kRestriction. No kAnd is a child of a
  // kAnd, no kOr of a kOr.
  std::vector<FilterNode> children;
  // kRestriction only: an index into the list of restrictions.
  size_t restriction = 0;
};

struct WrittenArgument {
  // Without quotes and escapes, and without the stars that the flags below stand for.
  std::string text;
  size_t position = 0;
  // Just `*`, not in quotes.
  bool any = false;
  bool open_front = false;
  bool open_back = false;
};

// `name(path, argument)` stands in place of the path. Then comparator and argument of the
// restriction mean something only if it is compared.
struct WrittenFunction {
  std::string name;
  WrittenArgument argument;
  bool compared = false;
};

// `path comparator argument`, as written. Positions are bytes.
struct WrittenRestriction {
  struct Name {
    std::string text;
    size_t position = 0;
  };
  using Argument = WrittenArgument;
  using Function = WrittenFunction;

  std::vector<Name> path;
  std::optional<Function> function;
  Comparator comparator = Comparator::kEqual;
  size_t comparator_position = 0;
  Argument argument;
};

struct WrittenFilter {
  FilterNode root;
  // None if the text is empty; then the root means nothing.
  std::vector<WrittenRestriction> restrictions;
};

// Why a text is not a filter.
struct FilterProblem {
  std::string rule;
  // Byte where it was noticed.
  size_t position = 0;
  std::string sentence;
  // What else is variable in the sentence.
  errors::Metadata metadata;
};

// Nothing if `problem` says why not.
std::optional<WrittenFilter> ParseFilterText(absl::string_view text, FilterProblem& problem);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_PARSER_H_
