#include "tests/acceptance/brief/served_path.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"

namespace chancery::brief {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Step {
  std::string field;
  std::string choice;  // between the brackets
};

// Splits at dots that are not in brackets.
std::vector<Step> StepsOf(absl::string_view path) {
  std::vector<Step> steps(1);
  bool inside = false;
  for (const char c : path) {
    if (c == '[' && !inside) {
      inside = true;
    } else if (c == ']') {
      inside = false;
    } else if (c == '.' && !inside) {
      steps.emplace_back();
    } else {
      (inside ? steps.back().choice : steps.back().field).push_back(c);
    }
  }
  return steps;
}

Leaf At(const Message& message, const FieldDescriptor* field, int index) {
  const auto* r = message.GetReflection();
  const bool repeated = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return {"set", repeated ? &r->GetRepeatedMessage(message, field, index)
                              : &r->GetMessage(message, field)};
    case FieldDescriptor::CPPTYPE_ENUM:
      return {repeated ? r->GetRepeatedEnum(message, field, index)->name()
                       : r->GetEnum(message, field)->name()};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {r->GetBool(message, field) ? "true" : "false"};
    case FieldDescriptor::CPPTYPE_INT32:
      return {absl::StrCat(r->GetInt32(message, field))};
    case FieldDescriptor::CPPTYPE_INT64:
      return {absl::StrCat(r->GetInt64(message, field))};
    default:
      return {repeated ? r->GetRepeatedString(message, field, index)
                       : r->GetString(message, field)};
  }
}

std::vector<Leaf> AllAt(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) {
    ADD_FAILURE() << message.GetDescriptor()->full_name() << " has no field " << name;
    return {};
  }
  const auto* r = message.GetReflection();
  int size = field->is_repeated() ? r->FieldSize(message, field) : 0;
  if (!field->is_repeated() && r->HasField(message, field)) size = 1;
  std::vector<Leaf> leaves;
  leaves.reserve(size);
  for (int i = 0; i < size; ++i) leaves.push_back(At(message, field, i));
  return leaves;
}

std::vector<std::string> TextsAt(const Leaf& leaf, const std::string& path) {
  if (path == "." || leaf.message == nullptr) return {leaf.text};
  std::vector<std::string> texts;
  for (const Leaf& each : Follow(*leaf.message, path)) texts.push_back(each.text);
  return texts;
}

bool Chosen(const Leaf& leaf, absl::string_view choice) {
  const size_t equals = choice.find('=');
  if (equals == choice.npos) return !TextsAt(leaf, std::string(choice)).empty();
  const std::string value(choice.substr(equals + 1));
  absl::string_view left = choice.substr(0, equals);
  const bool begins = absl::ConsumeSuffix(&left, "^");
  const bool negated = absl::ConsumeSuffix(&left, "!");
  const std::vector<std::string> texts = TextsAt(leaf, std::string(left));
  const bool any = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return begins ? absl::StartsWith(text, value) : text == value;
  });
  return any != negated;
}

std::vector<Leaf> Choose(std::vector<Leaf> leaves, const std::string& choice) {
  size_t index = 0;
  if (choice.empty()) return leaves;
  if (absl::SimpleAtoi(choice, &index)) {
    return index < leaves.size() ? std::vector<Leaf>{leaves[index]} : std::vector<Leaf>();
  }
  std::vector<Leaf> chosen;
  for (const Leaf& leaf : leaves) {
    if (Chosen(leaf, choice)) chosen.push_back(leaf);
  }
  return chosen;
}

std::vector<Leaf> FollowOne(const Message& message, absl::string_view path) {
  std::vector<Leaf> leaves = {{"set", &message}};
  if (path == ".") return leaves;
  for (const Step& step : StepsOf(path)) {
    std::vector<Leaf> next;
    for (const Leaf& leaf : leaves) {
      for (Leaf& each : Choose(AllAt(*leaf.message, step.field), step.choice)) {
        next.push_back(std::move(each));
      }
    }
    leaves = std::move(next);
  }
  return leaves;
}

}  // namespace

std::vector<Leaf> Follow(const Message& message, const std::string& path) {
  std::vector<Leaf> leaves;
  for (const absl::string_view part : absl::StrSplit(path, " | ")) {
    for (Leaf& leaf : FollowOne(message, part)) leaves.push_back(std::move(leaf));
  }
  return leaves;
}

}  // namespace chancery::brief
