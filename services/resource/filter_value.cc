#include "services/resource/filter_value.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "chancery/types/v1/date.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "proto/errors/excerpt.h"
#include "proto/errors/nearest.h"
#include "services/chronology/edtf_parser.h"
#include "services/chronology/window_parser.h"

namespace chancery::resource {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Argument = WrittenRestriction::Argument;

std::nullopt_t Fail(FilterProblem& problem, absl::string_view rule, const Argument& argument,
                    absl::string_view wanted) {
  const std::string value = errors::Excerpt(argument.text);
  problem = {std::string(rule),
             argument.position,
             absl::StrCat("'", value, "' is not ", wanted),
             {{"value", value}}};
  return std::nullopt;
}

std::optional<ConditionValue> ReadEnum(const Argument& argument, const EnumDescriptor* type,
                                       FilterProblem& problem) {
  if (const auto* value = type->FindValueByName(argument.text); value != nullptr) {
    return int64_t{value->number()};
  }
  std::vector<std::string> names;
  names.reserve(type->value_count());
  for (int i = 0; i < type->value_count(); ++i) names.push_back(type->value(i)->name());
  const std::vector<std::string> nearest = errors::NearestNames(argument.text, names);
  Fail(problem, "enum-value", argument,
       absl::StrCat("a ", type->full_name(), errors::DidYouMean(nearest)));
  problem.metadata.emplace_back("type", type->full_name());
  if (!nearest.empty()) problem.metadata.emplace_back("nearest", absl::StrJoin(nearest, ","));
  return std::nullopt;
}

std::optional<ConditionValue> ReadBool(const Argument& argument, FilterProblem& problem) {
  if (argument.text == "true") return int64_t{1};
  if (argument.text == "false") return int64_t{0};
  return Fail(problem, "boolean", argument, "true or false");
}

std::optional<ConditionValue> ReadInteger(const Argument& argument, FilterProblem& problem) {
  int64_t number;
  if (absl::SimpleAtoi(argument.text, &number)) return number;
  return Fail(problem, "number", argument, "an integer of 64 bits");
}

// Leaves out what absl::ParseTime() takes beside RFC 3339: spaces around it, "infinite-past", years
// of any length.
bool LooksLikeRfc3339(absl::string_view text) {
  constexpr absl::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= kShape.size()) return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    const char c = absl::ascii_toupper(static_cast<unsigned char>(text[i]));
    if (kShape[i] == 'd' ? !absl::ascii_isdigit(static_cast<unsigned char>(c)) : c != kShape[i]) {
      return false;
    }
  }
  return !absl::ascii_isspace(static_cast<unsigned char>(text.back()));
}

std::optional<ConditionValue> ReadTimestamp(const Argument& argument, FilterProblem& problem) {
  absl::Time time;
  std::string error;
  if (LooksLikeRfc3339(argument.text) &&
      absl::ParseTime(absl::RFC3339_full, argument.text, &time, &error)) {
    return time;
  }
  return Fail(problem, "timestamp", argument, "a time in RFC 3339 (2012-06-18T09:00:00Z)");
}

}  // namespace

bool IsTimestamp(const google::protobuf::Descriptor* type) {
  return type == google::protobuf::Timestamp::descriptor();
}

bool IsDate(const google::protobuf::Descriptor* type) {
  return type == types::v1::Date::descriptor();
}

std::optional<ConditionValue> ReadFieldValue(const Argument& argument, const FieldDescriptor* field,
                                             FilterProblem& problem) {
  switch (field->type()) {
    case FieldDescriptor::TYPE_ENUM:
      return ReadEnum(argument, field->enum_type(), problem);
    case FieldDescriptor::TYPE_BOOL:
      return ReadBool(argument, problem);
    case FieldDescriptor::TYPE_MESSAGE:
      return ReadTimestamp(argument, problem);
    case FieldDescriptor::TYPE_STRING:
      return TextPattern{argument.text, argument.open_front, argument.open_back};
    default:
      return ReadInteger(argument, problem);
  }
}

std::optional<ConditionValue> ReadDateValue(const Argument& argument, FilterProblem& problem) {
  const auto date = chronology::Parse(argument.text);
  if (date.ok()) return TextPattern{date->ToString()};
  return Fail(problem, "date", argument, "a date in EDTF (2009, 2009-05, 2008-11-05/2008-11-08)");
}

std::optional<chronology::Window> ReadWindow(const Argument& argument, FilterProblem& problem) {
  chronology::ParseError error;
  const auto window = chronology::ParseWindow(argument.text, &error);
  const bool plain = !argument.any && !argument.open_front && !argument.open_back;
  if (window.ok() && plain) return *window;
  return Fail(problem, "window", argument,
              window.ok() ? "a text without '*'"
                          : absl::StrCat("days: expected ", error.expected, " at its character ",
                                         error.position + 1));
}

std::optional<chronology::WindowMatch> ReadCertainty(const Argument& argument,
                                                     FilterProblem& problem) {
  using chronology::WindowMatch;
  static constexpr std::pair<absl::string_view, WindowMatch> kAnswers[] = {
      {"CERTAIN", WindowMatch::kCertain},
      {"POSSIBLE", WindowMatch::kPossible},
      {"NO", WindowMatch::kNo}};
  for (const auto& [name, match] : kAnswers) {
    if (argument.text == name) return match;
  }
  return Fail(problem, "certainty", argument, "CERTAIN, POSSIBLE or NO");
}

}  // namespace chancery::resource
