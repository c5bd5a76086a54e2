#include "tests/acceptance/brief/question_check.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "chancery/types/v1/citation.pb.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/status_macros.h"

namespace chancery::brief {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

absl::StatusOr<std::vector<Struct>> ReadObjects(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(absl::StrCat(path, " can not be read"));
  std::vector<Struct> objects;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &objects.emplace_back());
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": ", line, ": ", parsed.ToString()));
    }
  }
  return objects;
}

std::string TextAt(const Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? "" : found->second.string_value();
}

std::string Precision(const std::string& edtf) {
  static const auto& date = *new std::regex("\\d{4}(-\\d{2})?(-\\d{2})?");
  std::smatch parts;
  if (!std::regex_match(edtf, parts, date)) return "another";
  return parts[2].matched ? "day" : parts[1].matched ? "month" : "year";
}

std::string Join(const std::string& where, const std::string& key) {
  return absl::StrCat(where, where.empty() ? "" : ".", key);
}

// "talks -> venue.locality as word event.kind in order"
struct Selection {
  std::string things;  // empty: those that the selection stands in
  std::string path;
  std::string as;
  bool in_order = false;
};

Selection Parse(absl::string_view text) {
  Selection selection;
  selection.in_order = absl::ConsumeSuffix(&text, " in order");
  if (const size_t as = text.rfind(" as "); as != text.npos) {
    selection.as = std::string(text.substr(as + 4));
    text = text.substr(0, as);
  }
  if (const size_t arrow = text.find(" -> "); arrow != text.npos) {
    selection.things = std::string(text.substr(0, arrow));
    text = text.substr(arrow + 4);
  }
  selection.path = std::string(text);
  return selection;
}

bool IsNothing(const Value& value) {
  return value.kind_case() == Value::kNullValue ||
         (value.kind_case() == Value::kListValue && value.list_value().values().empty());
}

void AddParts(const Value& selection, const Value& expected, const std::string& part,
              std::set<std::string>& parts) {
  if (selection.kind_case() == Value::kStringValue) {
    if (!IsNothing(expected)) parts.insert(part);
    return;
  }
  for (int i = 0; i < selection.list_value().values_size(); ++i) {
    AddParts(selection.list_value().values(i), expected.list_value().values(i),
             Join(part, absl::StrCat(i)), parts);
  }
  const auto& fields = selection.struct_value().fields();
  if (fields.count("labels") > 0) {
    for (const Value& label : expected.list_value().values()) {
      parts.insert(Join(part, absl::StrCat("{label}.", label.string_value())));
    }
    return;
  }
  const bool each = fields.count("each") > 0;
  if (each) parts.insert(Join(part, "{key}"));
  for (const auto& [key, value] : expected.struct_value().fields()) {
    AddParts(fields.at(each ? "value" : key), value, Join(part, each ? "{}" : key), parts);
  }
}

Values Sorted(Values values) {
  std::sort(values.begin(), values.end());
  return values;
}

Values Distinct(const Values& values) {
  const std::set<std::string> distinct(values.begin(), values.end());
  return {distinct.begin(), distinct.end()};
}

}  // namespace

std::set<std::string> PartsOf(const Value& selection, const Value& expected) {
  std::set<std::string> parts;
  AddParts(selection, expected, "", parts);
  return parts;
}

absl::StatusOr<std::vector<Question>> ReadQuestions(const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<Struct> objects, ReadObjects(path));
  std::vector<Question> questions;
  questions.reserve(objects.size());
  for (const Struct& object : objects) {
    questions.push_back(
        {TextAt(object, "id"), TextAt(object, "difficulty"), object.fields().at("answer")});
  }
  return questions;
}

absl::StatusOr<std::vector<QuestionRow>> ReadQuestionRows(const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<Struct> objects, ReadObjects(path));
  std::vector<QuestionRow> rows;
  for (const Struct& object : objects) {
    QuestionRow& row = rows.emplace_back();
    row.id = TextAt(object, "id");
    row.remains = TextAt(object, "remains");
    if (!row.remains.empty()) continue;
    row.ask = object.fields().at("ask").list_value();
    row.answer = object.fields().at("answer");
  }
  return rows;
}

// Where a comparison is: what steps have found, which of it a selection without a name means, and
// the place in the answer.
struct QuestionCheck::Scope {
  const Named& named;
  const Things* things;
  std::string where;
  std::string part;
  std::vector<Mistake>& mistakes;

  Scope At(const std::string& key) const {
    return {named, things, Join(where, key), Join(part, key), mistakes};
  }
  // At one of the keys of an object that has one for each of several things.
  Scope AtKey(const std::string& key, const Things* its) const {
    return {named, its, Join(where, key), Join(part, its == nullptr ? "{key}" : "{}"), mistakes};
  }
  void Mistaken(const std::string& text) const { mistakes.push_back({where, part, text}); }
};

Values QuestionCheck::Expected(const Value& value) const {
  switch (value.kind_case()) {
    case Value::kStringValue:
      return {vocabulary_.NameOf(value.string_value())};
    case Value::kNumberValue:
      return {absl::StrCat(std::llround(value.number_value()))};
    case Value::kBoolValue:
      return {value.bool_value() ? "true" : "false"};
    case Value::kListValue: {
      Values values;
      for (const Value& each : value.list_value().values()) {
        for (std::string& text : Expected(each)) values.push_back(std::move(text));
      }
      return values;
    }
    default:
      return {};
  }
}

// "{^name}#ties.{id}"
std::string QuestionCheck::KeyOf(const Thing& thing, const std::string& form) const {
  static const auto& path = *new std::regex("\\{([^{}]+)\\}");
  std::string key;
  auto rest = form.cbegin();
  for (std::smatch match; std::regex_search(rest, form.cend(), match, path);) {
    absl::StrAppend(&key, std::string(match.prefix()));
    for (const Leaf& leaf : FollowFrom(thing, match[1])) absl::StrAppend(&key, leaf.text);
    rest = match.suffix().first;
  }
  return absl::StrCat(key, std::string(rest, form.cend()));
}

void QuestionCheck::CompareText(const Scope& scope, const std::string& selection,
                                const Value& expected) const {
  const Selection chosen = Parse(selection);
  const Things* things = scope.things;
  if (!chosen.things.empty()) {
    const auto found = scope.named.find(chosen.things);
    if (found == scope.named.end()) return scope.Mistaken("nothing is called " + chosen.things);
    things = &found->second;
  }
  const Values wanted = Expected(expected);
  Values open = wanted;
  Values values;
  for (const Thing& thing : *things) {
    for (const Leaf& leaf : FollowFrom(thing, chosen.path)) {
      if (chosen.as == "precision") {
        values.push_back(Precision(leaf.text));
      } else if (chosen.as == "sentences") {
        values.push_back(sentences_.Of(static_cast<const types::v1::Citation&>(*leaf.message)));
      } else if (absl::StartsWith(chosen.as, "word ")) {
        const std::vector<std::string> key = absl::StrSplit(chosen.as.substr(5), '.');
        values.push_back(vocabulary_.FactWord(key[0], key[1], leaf.text));
      } else if (chosen.as == "quoted") {
        const auto said = std::find_if(open.begin(), open.end(), [&](const std::string& words) {
          if (leaf.text == words) return true;
          if (leaf.message == nullptr) return false;
          const auto quotes = [&](const Leaf& citation) {
            const auto& cited = static_cast<const types::v1::Citation&>(*citation.message);
            return !sentences_.Of(cited).empty() &&
                   absl::StrContains(sentences_.Slice(cited), words);
          };
          if (leaf.message->GetDescriptor() == types::v1::Citation::descriptor()) {
            return quotes(leaf);
          }
          const std::vector<Leaf> text = Follow(*leaf.message, "text");
          if (!text.empty() && text[0].text == words) return true;
          const std::vector<Leaf> citations = Follow(*leaf.message, "citations");
          return std::any_of(citations.begin(), citations.end(), quotes);
        });
        values.push_back(said == open.end() ? leaf.text : *said);
        if (said != open.end()) open.erase(said);
      } else {
        values.push_back(leaf.text);
      }
    }
  }
  if (chosen.as == "count") values = {absl::StrCat(values.size())};
  if (chosen.as == "bool") values = {values.empty() ? "false" : "true"};
  if (chosen.as == "none") values = {values.empty() ? "true" : "false"};
  if (absl::StartsWith(chosen.as, "mark ") && !values.empty()) values = {chosen.as.substr(5)};
  const bool is_list = expected.kind_case() == Value::kListValue;
  const bool right = !is_list          ? Distinct(values) == wanted
                     : chosen.in_order ? values == wanted
                                       : Sorted(values) == Sorted(wanted);
  if (right) return;
  scope.Mistaken(absl::StrCat("[", absl::StrJoin(values, ", "), "] instead of [",
                              absl::StrJoin(wanted, ", "), "]"));
}

void QuestionCheck::CompareEach(const Scope& scope, const Struct& selection,
                                const Struct& expected) const {
  const auto found = scope.named.find(TextAt(selection, "each"));
  if (found == scope.named.end()) return scope.Mistaken("nothing is called so");
  std::map<std::string, Things> things;
  for (const Thing& thing : found->second) {
    things[KeyOf(thing, TextAt(selection, "key"))].push_back(thing);
  }
  for (const auto& [key, value] : expected.fields()) {
    const std::string name = vocabulary_.NameOf(key);
    const auto here = things.find(name);
    if (here == things.end()) {
      scope.AtKey(name, nullptr).Mistaken("is missing");
      continue;
    }
    CompareAt(scope.AtKey(name, &here->second), selection.fields().at("value"), value);
    things.erase(here);
  }
  for (const auto& [key, more] : things) scope.AtKey(key, nullptr).Mistaken("is there");
}

void QuestionCheck::CompareLabels(const Scope& scope, const Struct& labels,
                                  const Value& expected) const {
  const Values wanted = Expected(expected);
  for (const auto& [label, selection] : labels.fields()) {
    Value flag;
    flag.set_bool_value(std::count(wanted.begin(), wanted.end(), label) > 0);
    CompareText(scope.At("{label}").At(label), absl::StrCat(selection.string_value(), " as bool"),
                flag);
  }
  for (const std::string& label : wanted) {
    if (labels.fields().count(label) == 0)
      scope.At("{label}").At(label).Mistaken("is not asked for");
  }
}

void QuestionCheck::CompareObject(const Scope& scope, const Struct& selection,
                                  const Struct& expected) const {
  for (const auto& [key, value] : expected.fields()) {
    const auto here = selection.fields().find(key);
    if (here == selection.fields().end()) {
      scope.At(key).Mistaken("is not asked for");
    } else {
      CompareAt(scope.At(key), here->second, value);
    }
  }
  for (const auto& [key, value] : selection.fields()) {
    if (expected.fields().count(key) == 0) scope.At(key).Mistaken("is not in the answer");
  }
}

void QuestionCheck::CompareAt(const Scope& scope, const Value& selection,
                              const Value& expected) const {
  if (selection.kind_case() == Value::kStringValue) {
    return CompareText(scope, selection.string_value(), expected);
  }
  if (selection.kind_case() == Value::kListValue) {
    const ListValue& list = selection.list_value();
    if (expected.list_value().values_size() != list.values_size()) {
      return scope.Mistaken("another number of values");
    }
    for (int i = 0; i < list.values_size(); ++i) {
      CompareAt(scope.At(absl::StrCat(i)), list.values(i), expected.list_value().values(i));
    }
    return;
  }
  const Struct& object = selection.struct_value();
  if (object.fields().count("labels") > 0) {
    return CompareLabels(scope, object.fields().at("labels").struct_value(), expected);
  }
  if (object.fields().count("each") > 0) {
    return CompareEach(scope, object, expected.struct_value());
  }
  CompareObject(scope, object, expected.struct_value());
}

std::vector<Mistake> QuestionCheck::Compare(const Value& selection, const Value& expected,
                                            const Named& named) const {
  std::vector<Mistake> mistakes;
  const Things nothing;
  CompareAt({named, &nothing, "", "", mistakes}, selection, expected);
  return mistakes;
}

}  // namespace chancery::brief
