#include "services/resource/filter_bind.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/types/v1/date.pb.h"
#include "google/api/field_behavior.pb.h"
#include "proto/errors/excerpt.h"
#include "proto/errors/nearest.h"
#include "services/resource/field_behavior.h"
#include "services/resource/filter_value.h"

namespace chancery::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsInputOnly(const FieldDescriptor* field) { return Behaves(field, google::api::INPUT_ONLY); }

bool IsInteger(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
         field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
}

bool IsOrder(Comparator comparator) {
  return comparator != Comparator::kEqual && comparator != Comparator::kNotEqual &&
         comparator != Comparator::kHas;
}

const FieldDescriptor* FindField(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  return field != nullptr ? field : type->FindFieldByCamelcaseName(name);
}

class Binder {
 public:
  Binder(const WrittenRestriction& written, const Descriptor* resource,
         absl::Span<const VirtualField> virtual_fields, FilterProblem& problem)
      : written_(written), resource_(resource), virtual_(virtual_fields), problem_(problem) {}

  std::optional<Condition> Run() {
    condition_.comparator =
        written_.comparator == Comparator::kHas ? Comparator::kEqual : written_.comparator;
    if (!Bind()) return std::nullopt;
    return std::move(condition_);
  }

 private:
  bool Bind() {
    if (written_.function.has_value()) {
      return FindVirtual() ? FailAtNoDate() : FindFields() && BindFunction();
    }
    return FindVirtual() ? BindVirtual() : FindFields() && BindField();
  }

  bool FindVirtual() {
    const auto found = absl::c_find_if(
        virtual_, [&](const VirtualField& field) { return written_.path[0].text == field.name; });
    if (found == virtual_.end() || written_.path.size() > 1) return false;
    condition_.path = found->name;
    condition_.values = found->values;
    return true;
  }

  bool BindVirtual() {
    if (written_.argument.any) return BindPresence();
    if (!CheckThroughRepeated()) return false;
    condition_.value = TextPattern{written_.argument.text, written_.argument.open_front,
                                   written_.argument.open_back};
    return true;
  }

  bool FindFields() {
    const Descriptor* type = resource_;
    for (const auto& name : written_.path) {
      const FieldDescriptor* field = type == nullptr ? nullptr : FindField(type, name.text);
      if (field == nullptr) return FailAtUnknownField(type, name);
      if (IsInputOnly(field)) return FailAtInputOnly(field, name);
      if (field->is_map()) return FailAtType(field);
      condition_.fields.push_back(field);
      absl::StrAppend(&condition_.path, condition_.path.empty() ? "" : ".", field->name());
      repeated_ |= field->is_repeated();
      type = field->message_type();
      if (type != nullptr && IsTimestamp(type)) type = nullptr;
    }
    return true;
  }

  bool BindField() {
    const FieldDescriptor* field = condition_.fields.back();
    if (written_.argument.any) return BindPresence();
    if (field->message_type() != nullptr && IsDate(field->message_type())) return BindDate();
    if (!CheckType(field) || !CheckComparator(field)) return false;
    return Assign(ReadFieldValue(written_.argument, field, problem_));
  }

  // overlaps(date, days), compared with an answer or not.
  bool BindFunction() {
    const FieldDescriptor* field = condition_.fields.back();
    if (field->message_type() == nullptr || !IsDate(field->message_type())) return FailAtNoDate();
    condition_.comparator = Comparator::kEqual;
    const auto window = ReadWindow(written_.function->argument, problem_);
    if (!window.has_value()) return false;
    WindowQuestion question;
    question.window = *window;
    question.mode = written_.function->name == "within" ? chronology::WindowMode::kWithin
                                                        : chronology::WindowMode::kOverlaps;
    if (written_.function->compared && !BindAnswer(question)) return false;
    condition_.value = question;
    return true;
  }

  bool BindAnswer(WindowQuestion& question) {
    if (IsOrder(written_.comparator)) {
      return Fail("operator", written_.comparator_position,
                  "an answer is compared with = and != only", {{"field", condition_.path}});
    }
    const auto answer = ReadCertainty(written_.argument, problem_);
    if (!answer.has_value()) return false;
    const bool equal = written_.comparator != Comparator::kNotEqual;
    const auto wanted = [&](chronology::WindowMatch match) { return (match == *answer) == equal; };
    question.no = wanted(chronology::WindowMatch::kNo);
    question.possible = wanted(chronology::WindowMatch::kPossible);
    question.certain = wanted(chronology::WindowMatch::kCertain);
    return true;
  }

  bool BindPresence() {
    condition_.value = Presence{};
    return written_.comparator == Comparator::kHas ||
           Fail("presence", written_.argument.position,
                "'*' alone asks whether a field is set and stands after ':'");
  }

  // A date is compared by the text in it.
  bool BindDate() {
    const auto* edtf =
        types::v1::Date::descriptor()->FindFieldByNumber(types::v1::Date::kEdtfFieldNumber);
    if (IsOrder(written_.comparator)) {
      return Fail("date-order", written_.comparator_position,
                  "a date can be known too roughly to be before or after another; "
                  "overlaps(field, days) and within(field, days) ask for days");
    }
    if (!CheckThroughRepeated() || !CheckWildcard(false)) return false;
    condition_.fields.push_back(edtf);
    absl::StrAppend(&condition_.path, ".", edtf->name());
    return Assign(ReadDateValue(written_.argument, problem_));
  }

  bool CheckType(const FieldDescriptor* field) {
    const Descriptor* type = field->message_type();
    if (type != nullptr && !IsTimestamp(type)) {
      return Fail("message", written_.path.back().position,
                  absl::StrCat("'", condition_.path,
                               "' has fields of its own: name one of them, or "
                               "ask ",
                               condition_.path, ":*"),
                  {{"field", condition_.path}});
    }
    const bool known =
        type != nullptr || IsInteger(field) || field->type() == FieldDescriptor::TYPE_STRING ||
        field->type() == FieldDescriptor::TYPE_BOOL || field->type() == FieldDescriptor::TYPE_ENUM;
    return known || FailAtType(field);
  }

  bool CheckComparator(const FieldDescriptor* field) {
    if (!CheckThroughRepeated() || !CheckWildcard(field->type() == FieldDescriptor::TYPE_STRING)) {
      return false;
    }
    const bool unordered =
        field->type() == FieldDescriptor::TYPE_BOOL || field->type() == FieldDescriptor::TYPE_ENUM;
    return !unordered || !IsOrder(written_.comparator) ||
           Fail("operator", written_.comparator_position,
                absl::StrCat("'", condition_.path, "' is compared with = and != only"),
                {{"field", condition_.path}});
  }

  bool CheckThroughRepeated() {
    const bool repeated = repeated_ || condition_.values != nullptr;
    return !repeated || condition_.comparator == Comparator::kEqual ||
           Fail("repeated", written_.comparator_position,
                absl::StrCat("'", condition_.path,
                             "' can have several values: ':' asks whether one "
                             "is as said, NOT ",
                             condition_.path, ":… whether none is"),
                {{"field", condition_.path}});
  }

  bool CheckWildcard(bool is_text) {
    const auto& argument = written_.argument;
    if (!argument.open_front && !argument.open_back) return true;
    return (is_text && !IsOrder(written_.comparator)) ||
           Fail("wildcard", argument.position, "'*' goes with a text and '=', '!=' or ':'");
  }

  bool Assign(std::optional<ConditionValue> value) {
    if (!value.has_value()) {
      problem_.metadata.emplace_back("field", condition_.path);
      return false;
    }
    condition_.value = *std::move(value);
    return true;
  }

  // The paths that could stand where an unknown one does.
  std::vector<std::string> PathsAt(const Descriptor* type) const {
    std::vector<std::string> paths;
    const std::string prefix = condition_.path.empty() ? "" : condition_.path + ".";
    for (int i = 0; type != nullptr && i < type->field_count(); ++i) {
      if (!IsInputOnly(type->field(i))) paths.push_back(type->field(i)->name());
    }
    if (type == resource_ && prefix.empty()) {
      for (const VirtualField& field : virtual_) paths.emplace_back(field.name);
    }
    return paths;
  }

  bool FailAtUnknownField(const Descriptor* type, const WrittenRestriction::Name& name) {
    const std::string prefix = condition_.path.empty() ? "" : condition_.path + ".";
    std::vector<std::string> nearest = errors::NearestNames(name.text, PathsAt(type));
    for (std::string& path : nearest) path.insert(0, prefix);
    const std::string field = prefix + errors::Excerpt(name.text);
    errors::Metadata metadata = {{"field", field}};
    if (!nearest.empty()) metadata.emplace_back("nearest", absl::StrJoin(nearest, ","));
    return Fail("unknown-field", name.position,
                absl::StrCat("there is no field '", field, "'", errors::DidYouMean(nearest)),
                std::move(metadata));
  }

  bool FailAtInputOnly(const FieldDescriptor* field, const WrittenRestriction::Name& name) {
    return Fail("input-only", name.position,
                absl::StrCat("'", field->name(), "' is not kept, so nothing is found by it"),
                {{"field", field->name()}});
  }

  bool FailAtNoDate() {
    return Fail("function-field", written_.path.front().position,
                absl::StrCat("'", condition_.path, "' is no date"), {{"field", condition_.path}});
  }

  bool FailAtType(const FieldDescriptor* field) {
    return Fail("unsupported", written_.path.back().position,
                absl::StrCat("'", field->name(), "' cannot be compared"),
                {{"field", field->name()}});
  }

  bool Fail(absl::string_view rule, size_t position, absl::string_view sentence,
            errors::Metadata metadata = {}) {
    problem_ = {std::string(rule), position, std::string(sentence), std::move(metadata)};
    return false;
  }

  const WrittenRestriction& written_;
  const Descriptor* const resource_;
  const absl::Span<const VirtualField> virtual_;
  FilterProblem& problem_;
  Condition condition_;
  bool repeated_ = false;
};

}  // namespace

std::optional<Condition> BindRestriction(const WrittenRestriction& written,
                                         const Descriptor* resource,
                                         absl::Span<const VirtualField> virtual_fields,
                                         FilterProblem& problem) {
  return Binder(written, resource, virtual_fields, problem).Run();
}

}  // namespace chancery::resource
