#include "services/resource/filter.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/excerpt.h"
#include "services/resource/filter_bind.h"
#include "services/resource/filter_eval.h"
#include "services/resource/filter_parser.h"
#include "services/resource/filter_scanner.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;

// So much of a filter goes into an error; errors travel in headers, which are small.
constexpr size_t kMaxEcho = 256;

absl::Status ToStatus(absl::string_view text, const FilterProblem& problem) {
  const absl::string_view readable = text.substr(0, Utf8PrefixLength(text));
  const size_t position = CodePointCount(readable.substr(0, problem.position));
  errors::Metadata metadata = {{"filter", errors::Excerpt(readable, kMaxEcho)},
                               {"position", absl::StrCat(position)},
                               {"rule", problem.rule}};
  metadata.insert(metadata.end(), problem.metadata.begin(), problem.metadata.end());
  return errors::Error(types::v1::FILTER_INVALID,
                       absl::StrCat("filter, at position ", position, ": ", problem.sentence, "."),
                       std::move(metadata));
}

std::string IntegerText(const FieldDescriptor* field, int64_t value) {
  if (field->type() == FieldDescriptor::TYPE_BOOL) return value != 0 ? "true" : "false";
  if (field->type() == FieldDescriptor::TYPE_ENUM) {
    return field->enum_type()->FindValueByNumber(static_cast<int>(value))->name();
  }
  return absl::StrCat(value);
}

std::optional<Filter::Equality> EqualityOf(const Condition& condition) {
  if (condition.comparator != Comparator::kEqual) return std::nullopt;
  if (const auto* pattern = std::get_if<TextPattern>(&condition.value)) {
    if (pattern->open_front || pattern->open_back || pattern->text.empty()) return std::nullopt;
    return Filter::Equality{condition.path, pattern->text};
  }
  if (const auto* value = std::get_if<int64_t>(&condition.value); value != nullptr && *value != 0) {
    return Filter::Equality{condition.path, IntegerText(condition.fields.back(), *value)};
  }
  return std::nullopt;
}

// What lies within a window overlaps it.
std::optional<Filter::Overlap> OverlapOf(const Condition& condition) {
  const auto* question = std::get_if<WindowQuestion>(&condition.value);
  if (question == nullptr || question->no) return std::nullopt;
  return Filter::Overlap{condition.path, question->window};
}

// The parts of the outermost AND; a filter that is no AND is its own only part.
absl::Span<const FilterNode> ConjunctsOf(const FilterNode& root) {
  if (root.kind == FilterNode::Kind::kAnd) return root.children;
  return absl::MakeConstSpan(&root, 1);
}

}  // namespace

absl::StatusOr<Filter> Filter::Parse(absl::string_view text,
                                     const google::protobuf::Descriptor* resource,
                                     absl::Span<const VirtualField> virtual_fields) {
  FilterProblem problem;
  std::optional<WrittenFilter> written = ParseFilterText(text, problem);
  if (!written.has_value()) return ToStatus(text, problem);
  Filter filter;
  if (written->restrictions.empty()) return filter;

  auto bound = std::make_shared<BoundFilter>();
  for (const WrittenRestriction& restriction : written->restrictions) {
    auto condition = BindRestriction(restriction, resource, virtual_fields, problem);
    if (!condition.has_value()) return ToStatus(text, problem);
    bound->conditions.push_back(*std::move(condition));
  }
  bound->root = std::move(written->root);
  for (const FilterNode& conjunct : ConjunctsOf(bound->root)) {
    ++filter.conjuncts_;
    if (conjunct.kind != FilterNode::Kind::kRestriction) continue;
    const Condition& condition = bound->conditions[conjunct.restriction];
    if (auto equality = EqualityOf(condition)) filter.equalities_.push_back(*std::move(equality));
    if (auto overlap = OverlapOf(condition)) filter.overlaps_.push_back(*std::move(overlap));
  }
  filter.bound_ = std::move(bound);
  return filter;
}

bool Filter::Matches(const google::protobuf::Message& record) const {
  return empty() || Holds(*bound_, record);
}

bool Filter::CoveredBy(absl::Span<const size_t> equalities) const {
  if (equalities_.size() < conjuncts_) return false;
  for (size_t i = 0; i < equalities_.size(); ++i) {
    if (!absl::c_linear_search(equalities, i)) return false;
  }
  return true;
}

}  // namespace chancery::resource
