#include "services/resource/filter_eval.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "google/protobuf/timestamp.pb.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <typename T>
bool Compare(const T& left, Comparator comparator, const T& right) {
  switch (comparator) {
    case Comparator::kNotEqual:
      return left != right;
    case Comparator::kLess:
      return left < right;
    case Comparator::kLessOrEqual:
      return left <= right;
    case Comparator::kGreater:
      return left > right;
    case Comparator::kGreaterOrEqual:
      return left >= right;
    default:
      return left == right;
  }
}

bool Fits(absl::string_view text, const TextPattern& pattern) {
  if (pattern.open_front && pattern.open_back) return absl::StrContains(text, pattern.text);
  if (pattern.open_front) return absl::EndsWith(text, pattern.text);
  if (pattern.open_back) return absl::StartsWith(text, pattern.text);
  return text == pattern.text;
}

bool CompareText(absl::string_view text, Comparator comparator, const TextPattern& pattern) {
  if (comparator == Comparator::kEqual) return Fits(text, pattern);
  if (comparator == Comparator::kNotEqual) return !Fits(text, pattern);
  return Compare<absl::string_view>(text, comparator, pattern.text);
}

absl::Time TimeOf(const Message& message) {
  const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// One value of a field: the only one, or one of a repeated field.
class FieldValue {
 public:
  FieldValue(const Message& message, const FieldDescriptor* field, int index = 0)
      : message_(message), reflection_(*message.GetReflection()), field_(field), index_(index) {}

  const Message& message() const {
    return field_->is_repeated() ? reflection_.GetRepeatedMessage(message_, field_, index_)
                                 : reflection_.GetMessage(message_, field_);
  }

  // `record` is what it is a value of.
  bool Satisfies(const Condition& condition, const Message& record) const {
    if (const auto* question = std::get_if<WindowQuestion>(&condition.value)) {
      const auto& date = static_cast<const types::v1::Date&>(message());
      return IsAnswered(*question, date, record, condition.path);
    }
    if (const auto* pattern = std::get_if<TextPattern>(&condition.value)) {
      std::string scratch;
      return CompareText(Text(scratch), condition.comparator, *pattern);
    }
    if (const auto* time = std::get_if<absl::Time>(&condition.value)) {
      return Compare(TimeOf(message()), condition.comparator, *time);
    }
    return Compare(Integer(), condition.comparator, std::get<int64_t>(condition.value));
  }

 private:
  const std::string& Text(std::string& scratch) const {
    return field_->is_repeated()
               ? reflection_.GetRepeatedStringReference(message_, field_, index_, &scratch)
               : reflection_.GetStringReference(message_, field_, &scratch);
  }

  int64_t Integer() const {
    const bool repeated = field_->is_repeated();
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return repeated ? reflection_.GetRepeatedBool(message_, field_, index_)
                        : reflection_.GetBool(message_, field_);
      case FieldDescriptor::CPPTYPE_ENUM:
        return repeated ? reflection_.GetRepeatedEnumValue(message_, field_, index_)
                        : reflection_.GetEnumValue(message_, field_);
      case FieldDescriptor::CPPTYPE_INT32:
        return repeated ? reflection_.GetRepeatedInt32(message_, field_, index_)
                        : reflection_.GetInt32(message_, field_);
      default:
        return repeated ? reflection_.GetRepeatedInt64(message_, field_, index_)
                        : reflection_.GetInt64(message_, field_);
    }
  }

  const Message& message_;
  const Reflection& reflection_;
  const FieldDescriptor* const field_;
  const int index_;
};

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

// Follows a condition's path, from its field number `at`, through one message of the record.
bool HoldsWithin(const Condition& condition, size_t at, const Message& message,
                 const Message& record) {
  const FieldDescriptor* field = condition.fields[at];
  const bool last = at + 1 == condition.fields.size();
  if (last && std::holds_alternative<Presence>(condition.value)) return IsSet(message, field);
  const auto holds = [&](const FieldValue& value) {
    return last ? value.Satisfies(condition, record)
                : HoldsWithin(condition, at + 1, value.message(), record);
  };
  if (!field->is_repeated()) {
    if (field->has_presence() && !IsSet(message, field)) return false;
    return holds(FieldValue(message, field));
  }
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) {
    if (holds(FieldValue(message, field, i))) return true;
  }
  return false;
}

bool Holds(const Condition& condition, const Message& record) {
  if (condition.values == nullptr) return HoldsWithin(condition, 0, record, record);
  const std::vector<std::string> values = condition.values(record);
  const auto* pattern = std::get_if<TextPattern>(&condition.value);
  if (pattern == nullptr) return !values.empty();
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return Fits(value, *pattern); });
}

bool Holds(const FilterNode& node, const std::vector<Condition>& conditions,
           const Message& record) {
  const auto holds = [&](const FilterNode& child) { return Holds(child, conditions, record); };
  const auto& children = node.children;
  switch (node.kind) {
    case FilterNode::Kind::kAnd:
      return std::all_of(children.begin(), children.end(), holds);
    case FilterNode::Kind::kOr:
      return std::any_of(children.begin(), children.end(), holds);
    case FilterNode::Kind::kNot:
      return !holds(children.front());
    default:
      return Holds(conditions[node.restriction], record);
  }
}

}  // namespace

bool Holds(const BoundFilter& filter, const Message& record) {
  return Holds(filter.root, filter.conditions, record);
}

}  // namespace chancery::resource
