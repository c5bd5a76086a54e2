#include "tests/acceptance/brief/question_chain.h"

#include <algorithm>
#include <regex>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/people/v1/people_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/type/date.pb.h"
#include "proto/errors/status_macros.h"

namespace chancery::brief {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Struct;
using google::protobuf::Value;

absl::Status Malformed(const Struct& step) {
  return absl::InvalidArgumentError(absl::StrCat("not a step: ", step.ShortDebugString()));
}

const MethodDescriptor* MethodCalled(const std::string& name) {
  for (const auto* file : {gateway::v1::Dossier::descriptor()->file(),
                           google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
                               "chancery/people/v1/people_service.proto"),
                           google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
                               "chancery/events/v1/events_service.proto"),
                           google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
                               "chancery/agreements/v1/agreements_service.proto")}) {
    if (const auto* method = file->service(0)->FindMethodByName(name)) return method;
  }
  return nullptr;
}

std::string TextAt(const Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? "" : found->second.string_value();
}

// "talks name" → what the path leads to from what is called so, each text once.
std::vector<std::string> TextsOf(const std::string& reference, const Named& named) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(reference, absl::MaxSplits(' ', 1));
  const auto things = named.find(parts.first);
  if (things == named.end()) return {};
  std::vector<std::string> texts;
  for (const Thing& thing : things->second) {
    for (const Leaf& leaf : FollowFrom(thing, parts.second)) {
      if (std::find(texts.begin(), texts.end(), leaf.text) == texts.end()) {
        texts.push_back(leaf.text);
      }
    }
  }
  return texts;
}

// `texts` with what "{…}" stands for; one for each value.
std::vector<std::string> Expand(std::vector<std::string> texts, const Named& named, bool as_json) {
  static const auto& reference = *new std::regex("\\{([a-z0-9_]+ [^{}\"]+)\\}");
  for (std::smatch match; !texts.empty() && std::regex_search(texts[0], match, reference);) {
    const std::string name = match[1];
    std::vector<std::string> expanded;
    for (const std::string& text : texts) {
      for (const std::string& value : TextsOf(name, named)) {
        // In a filter within JSON a quotation mark is escaped twice.
        const std::string safe = as_json ? absl::StrReplaceAll(value, {{"\"", "\\\\\\\""}}) : value;
        expanded.push_back(absl::StrReplaceAll(text, {{absl::StrCat("{", name, "}"), safe}}));
      }
    }
    texts = std::move(expanded);
  }
  return texts;
}

void SetText(Message& message, const std::string& field, const std::string& value) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(field),
                                     value);
}

// What a step takes from a reply.
std::vector<const Message*> TakenFrom(const Message& reply, const std::string& path) {
  std::vector<const Message*> taken;
  const auto* first = reply.GetDescriptor()->FindFieldByNumber(1);
  const bool is_list = reply.GetDescriptor()->FindFieldByName("next_page_token") != nullptr;
  if (path.empty() && !is_list) return {&reply};
  for (const Leaf& leaf : Follow(reply, path.empty() ? first->name() : path)) {
    if (leaf.message != nullptr) taken.push_back(leaf.message);
  }
  return taken;
}

// Asks for all pages.
absl::Status AskOne(const MethodDescriptor& method, const std::string& json,
                    const std::string& take, const Answerer& answerer, Things& things) {
  const std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                             ->GetPrototype(method.input_type())
                                             ->New());
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) return absl::InvalidArgumentError(absl::StrCat(json, ": ", parsed.ToString()));
  while (true) {
    ASSIGN_OR_RETURN(const Message* reply, answerer(method, *request));
    for (const Message* message : TakenFrom(*reply, take)) things.push_back({message, message});
    const auto* next = reply->GetDescriptor()->FindFieldByName("next_page_token");
    if (next == nullptr) return absl::OkStatus();
    const std::string token = reply->GetReflection()->GetString(*reply, next);
    if (token.empty()) return absl::OkStatus();
    SetText(*request, "page_token", token);
  }
}

absl::StatusOr<Things> Found(const Struct& step, const Named& named, const Answerer& answerer) {
  Things things;
  if (const std::string from = TextAt(step, "from"); !from.empty()) {
    const auto before = named.find(from);
    if (before == named.end()) return Malformed(step);
    return before->second;
  }
  const MethodDescriptor* method = MethodCalled(TextAt(step, "call"));
  if (method == nullptr) return Malformed(step);
  std::string json = "{}";
  if (const auto with = step.fields().find("with"); with != step.fields().end()) {
    json.clear();
    const auto printed = google::protobuf::util::MessageToJsonString(with->second, &json);
    if (!printed.ok()) return Malformed(step);
  }
  for (const std::string& request : Expand({json}, named, true)) {
    RETURN_IF_ERROR(AskOne(*method, request, TextAt(step, "take"), answerer, things));
  }
  return things;
}

bool Compares(const std::string& text, const std::string& how, const std::string& with) {
  if (how == "=") return text == with;
  if (how == "!=") return text != with;
  if (how == "<") return text < with;
  if (how == "<=") return text <= with;
  if (how == ">") return text > with;
  if (how == ">=") return text >= with;
  return how == "like" && std::regex_match(text, std::regex(with));
}

bool Meets(const Thing& thing, const ListValue& condition, const Named& named) {
  const std::vector<Leaf> leaves = FollowFrom(thing, condition.values(0).string_value());
  const std::string how = condition.values(1).string_value();
  if (how == "set") return !leaves.empty();
  if (how == "unset") return leaves.empty();
  const std::string with = condition.values(2).string_value();
  std::vector<std::string> others = {with};
  if (how == "in" || how == "not in") others = TextsOf(with, named);
  if (absl::StartsWith(with, "{")) others = Expand({with}, named, false);
  const bool any = std::any_of(leaves.begin(), leaves.end(), [&](const Leaf& leaf) {
    return std::any_of(others.begin(), others.end(), [&](const std::string& other) {
      const bool among = how == "in" || how == "not in";
      return among ? leaf.text == other : Compares(leaf.text, how, other);
    });
  });
  return any != (how == "not in");
}

void Filter(const Struct& step, const Named& named, Things& things) {
  const auto where = step.fields().find("where");
  if (where == step.fields().end()) return;
  for (const Value& condition : where->second.list_value().values()) {
    things.erase(std::remove_if(things.begin(), things.end(),
                                [&](const Thing& thing) {
                                  return !Meets(thing, condition.list_value(), named);
                                }),
                 things.end());
  }
}

// A text to sort by: numbers by their size, what has none last.
std::string SortText(const Thing& thing, const std::string& path) {
  const std::vector<Leaf> leaves = FollowFrom(thing, path);
  if (leaves.empty()) return "\x7f";
  int64_t number = 0;
  if (!absl::SimpleAtoi(leaves.front().text, &number)) return leaves.front().text;
  return absl::StrFormat("%020d", number);
}

void Sort(const Struct& step, Things& things) {
  const auto sort = step.fields().find("sort");
  if (sort == step.fields().end()) return;
  const auto& paths = sort->second.list_value().values();
  for (auto path = paths.rbegin(); path != paths.rend(); ++path) {
    std::string by = path->string_value();
    const bool reverse = absl::StartsWith(by, "-");
    if (reverse) by.erase(0, 1);
    std::stable_sort(things.begin(), things.end(), [&](const Thing& a, const Thing& b) {
      const std::string one = SortText(a, by);
      const std::string other = SortText(b, by);
      return reverse ? other < one : one < other;
    });
  }
}

void Keep(const std::string& which, Things& things) {
  if (things.empty() || which.empty()) return;
  const Thing kept = which == "first" ? things.front() : things.back();
  things = {kept};
}

// The first for each text that the path leads to.
void KeepOnce(const std::string& path, Things& things) {
  if (path.empty()) return;
  std::set<std::string> seen;
  things.erase(std::remove_if(things.begin(), things.end(),
                              [&](const Thing& thing) {
                                const std::vector<Leaf> leaves = FollowFrom(thing, path);
                                return !seen.insert(leaves.empty() ? "" : leaves[0].text).second;
                              }),
               things.end());
}

void Descend(const std::string& path, Things& things) {
  if (path.empty()) return;
  Things elements;
  for (const Thing& thing : things) {
    for (const Leaf& leaf : FollowFrom(thing, path)) {
      if (leaf.message != nullptr) elements.push_back({thing.record, leaf.message});
    }
  }
  things = std::move(elements);
}

}  // namespace

std::vector<Leaf> FollowFrom(const Thing& thing, const std::string& path) {
  const bool of_record = absl::StartsWith(path, "^");
  std::vector<Leaf> leaves =
      of_record ? Follow(*thing.record, path.substr(1)) : Follow(*thing.element, path);
  for (Leaf& leaf : leaves) {
    if (leaf.message == nullptr ||
        leaf.message->GetDescriptor() != google::type::Date::descriptor())
      continue;
    const auto& date = static_cast<const google::type::Date&>(*leaf.message);
    leaf.text = absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
  }
  return leaves;
}

absl::StatusOr<Named> AskChain(const ListValue& steps, const Answerer& answerer) {
  Named named;
  for (const Value& value : steps.values()) {
    const Struct& step = value.struct_value();
    ASSIGN_OR_RETURN(Things things, Found(step, named, answerer));
    Descend(TextAt(step, "of"), things);
    Filter(step, named, things);
    Sort(step, things);
    KeepOnce(TextAt(step, "once"), things);
    Keep(TextAt(step, "keep"), things);
    named[TextAt(step, "as")] = std::move(things);
  }
  return named;
}

}  // namespace chancery::brief
