#include "services/resource/filter_parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "proto/errors/excerpt.h"
#include "services/resource/filter.h"
#include "services/resource/filter_scanner.h"

namespace chancery::resource {
namespace {

using Kind = FilterNode::Kind;

bool IsFieldName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
  });
}

bool IsKeywordInLowerCase(absl::string_view word) {
  const std::string upper = absl::AsciiStrToUpper(word);
  return upper == "AND" || upper == "OR" || upper == "NOT";
}

bool IsFunction(absl::string_view name) { return name == "overlaps" || name == "within"; }

// One child as it is, several under a node of their own.
FilterNode Join(Kind kind, std::vector<FilterNode> children) {
  if (children.size() == 1) return std::move(children.front());
  return {kind, std::move(children)};
}

// Adds a node to those that a node of this kind joins, without nesting the kind within itself.
void AddTo(Kind kind, std::vector<FilterNode>& children, FilterNode node) {
  if (node.kind != kind) return children.push_back(std::move(node));
  for (FilterNode& child : node.children) children.push_back(std::move(child));
}

// A recursive descent; only parentheses recurse. Every method reads what it is named after, from
// where the one before it stopped.
class Parser {
 public:
  explicit Parser(absl::string_view text) : scan_(text) {}

  const FilterProblem& problem() const { return scan_.problem(); }

  std::optional<WrittenFilter> Run() {
    scan_.SkipSpace();
    if (scan_.AtEnd()) return std::move(filter_);
    if (!ReadExpression(filter_.root)) return std::nullopt;
    if (!scan_.AtEnd()) {
      Fail("syntax", "a parenthesis is closed that was not opened");
      return std::nullopt;
    }
    return std::move(filter_);
  }

 private:
  // Up to the end or a closing parenthesis, which stays.
  bool ReadExpression(FilterNode& node) {
    std::vector<FilterNode> factors;
    while (true) {
      FilterNode factor;
      if (!ReadFactor(factor)) return false;
      AddTo(Kind::kAnd, factors, std::move(factor));
      const bool spaced = scan_.SkipSpace();
      if (scan_.AtEnd() || scan_.Peek() == ')') break;
      if (!spaced) return Fail("syntax", "a space, AND, OR or the end was expected");
      scan_.TakeKeyword("AND");
    }
    node = Join(Kind::kAnd, std::move(factors));
    return true;
  }

  bool ReadFactor(FilterNode& node) {
    std::vector<FilterNode> terms;
    size_t end = 0;
    do {
      FilterNode term;
      if (!ReadTerm(term)) return false;
      AddTo(Kind::kOr, terms, std::move(term));
      end = scan_.position();
    } while (scan_.SkipSpace() && scan_.TakeKeyword("OR"));
    scan_.GoBackTo(end);
    node = Join(Kind::kOr, std::move(terms));
    return true;
  }

  bool ReadTerm(FilterNode& node) {
    scan_.SkipSpace();
    if (scan_.TakeKeyword("NOT")) {
      scan_.SkipSpace();
    } else if (!scan_.Take('-')) {
      return ReadSimple(node);
    } else if (scan_.PeekSpace()) {
      return Fail("syntax", "no space stands after '-'");
    }
    FilterNode operand;
    if (!ReadSimple(operand)) return false;
    node.kind = Kind::kNot;
    node.children.push_back(std::move(operand));
    return true;
  }

  bool ReadSimple(FilterNode& node) {
    if (scan_.Peek() != '(') return ReadRestriction(node);
    if (depth_ == Filter::kMaxDepth) {
      return Fail("depth", absl::StrCat("at most ", Filter::kMaxDepth,
                                        " pairs of parentheses can stand within each other"));
    }
    scan_.Take('(');
    ++depth_;
    if (!ReadExpression(node)) return false;
    --depth_;
    return scan_.Take(')') || Fail("syntax", "a parenthesis is not closed");
  }

  bool ReadRestriction(FilterNode& node) {
    if (filter_.restrictions.size() == Filter::kMaxRestrictions) {
      return Fail("restrictions", absl::StrCat("at most ", Filter::kMaxRestrictions,
                                               " restrictions can be joined"));
    }
    WrittenRestriction restriction;
    if (!ReadPathAndComparator(restriction)) return false;
    if (!restriction.function.has_value() || restriction.function->compared) {
      scan_.SkipSpace();
      if (!scan_.ReadArgument(restriction.argument)) return false;
    }
    node.kind = Kind::kRestriction;
    node.restriction = filter_.restrictions.size();
    filter_.restrictions.push_back(std::move(restriction));
    return true;
  }

  bool ReadPathAndComparator(WrittenRestriction& restriction) {
    const size_t start = scan_.position();
    if (scan_.PeekQuote()) return FailAtQuote(start);
    const absl::string_view name = scan_.TakeName();
    if (name.empty()) return Fail("syntax", "a restriction (field = value) was expected");
    if (scan_.Peek() == '(') return ReadFunction(start, name, restriction);
    scan_.SkipSpace();
    restriction.comparator_position = scan_.position();
    if (!scan_.TakeComparator(restriction.comparator)) return FailAtBareValue(start, name);
    return SplitPath(start, name, restriction.path);
  }

  bool ReadFunction(size_t start, absl::string_view name, WrittenRestriction& restriction) {
    if (!IsFunction(name)) return scan_.FailAtFunction(start, name);
    auto& function = restriction.function.emplace();
    function.name = std::string(name);
    scan_.Take('(');
    scan_.SkipSpace();
    const size_t path = scan_.position();
    if (!SplitPath(path, scan_.TakeName(), restriction.path)) return false;
    scan_.SkipSpace();
    if (!scan_.Take(',')) return Fail("syntax", "',' and days were expected");
    scan_.SkipSpace();
    if (!scan_.ReadArgument(function.argument)) return false;
    scan_.SkipSpace();
    if (!scan_.Take(')')) return Fail("syntax", "a parenthesis is not closed");
    return ReadComparison(restriction);
  }

  // What a function is compared with, if anything.
  bool ReadComparison(WrittenRestriction& restriction) {
    const size_t end = scan_.position();
    scan_.SkipSpace();
    restriction.comparator_position = scan_.position();
    restriction.function->compared = scan_.TakeComparator(restriction.comparator);
    if (!restriction.function->compared) scan_.GoBackTo(end);
    return true;
  }

  bool SplitPath(size_t position, absl::string_view text,
                 std::vector<WrittenRestriction::Name>& path) {
    for (absl::string_view name : absl::StrSplit(text, '.')) {
      if (!IsFieldName(name)) {
        const std::string field = errors::Excerpt(text);
        return scan_.Fail("syntax", position, absl::StrCat("'", field, "' is not a field's path"),
                          {{"field", field}});
      }
      if (path.size() == Filter::kMaxDepth) {
        return scan_.Fail("depth", position,
                          absl::StrCat("a path has at most ", Filter::kMaxDepth, " names"));
      }
      path.push_back({std::string(name), position});
      position += name.size() + 1;
    }
    return true;
  }

  bool FailAtQuote(size_t start) {
    WrittenRestriction::Argument text;
    if (!scan_.ReadQuoted(text)) return false;
    scan_.SkipSpace();
    Comparator comparator;
    if (scan_.TakeComparator(comparator)) {
      return scan_.Fail("syntax", start, "a field's name stands without quotes");
    }
    return FailAtBareValue(start, text.text);
  }

  bool FailAtBareValue(size_t start, absl::string_view text) {
    const std::string value = errors::Excerpt(text);
    errors::Metadata metadata = {{"value", value}};
    if (value == "AND" || value == "OR" || value == "NOT") {
      return scan_.Fail("syntax", start, "a restriction (field = value) was expected", metadata);
    }
    if (IsKeywordInLowerCase(value)) {
      return scan_.Fail("keyword-case", start,
                        absl::StrCat("'", value, "' is written in upper case"), metadata);
    }
    return scan_.Fail("bare-value", start,
                      absl::StrCat("'", value,
                                   "' stands alone: say which field it is looked for in "
                                   "(field = value)"),
                      metadata);
  }

  bool Fail(absl::string_view rule, absl::string_view sentence) {
    return scan_.Fail(rule, scan_.position(), sentence);
  }

  FilterScanner scan_;
  WrittenFilter filter_;
  size_t depth_ = 0;
};

bool CheckText(absl::string_view text, FilterProblem& problem) {
  const size_t readable = Utf8PrefixLength(text);
  if (readable < text.size()) {
    problem = {"utf-8", readable, "the filter is not UTF-8", {}};
    return false;
  }
  if (CodePointCount(text) > Filter::kMaxLength) {
    problem = {"length",
               text.size(),
               absl::StrCat("a filter has at most ", Filter::kMaxLength, " characters"),
               {}};
    return false;
  }
  return true;
}

}  // namespace

std::optional<WrittenFilter> ParseFilterText(absl::string_view text, FilterProblem& problem) {
  if (!CheckText(text, problem)) return std::nullopt;
  Parser parser(text);
  std::optional<WrittenFilter> filter = parser.Run();
  if (!filter.has_value()) problem = parser.problem();
  return filter;
}

}  // namespace chancery::resource
