#include "tests/acceptance/brief/projection.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/acceptance/brief/conversions.h"

namespace chancery::brief {

using google::protobuf::Message;
using Leaves = std::vector<Leaf>;

// A row of the mapping as it applies to one fact.
struct Projection::Row {
  const Mapping& mapping;
  const Home& home;
  const Message& record;
  const Message& element;         // the record itself if the fact is no element
  const Values* stated;           // null if the fact does not have the key
  bool stated_elsewhere = false;  // if it has the other key of an "either"
};

namespace {

std::string TextAt(const Message& message, const std::string& path) {
  const Leaves leaves = Follow(message, path);
  return leaves.empty() ? "" : leaves[0].text;
}

void Append(Leaves more, Leaves& leaves) {
  for (Leaf& leaf : more) leaves.push_back(std::move(leaf));
}

bool IsDay(const std::string& edtf) {
  return edtf.size() == 10 && edtf.find_first_not_of("0123456789-") == std::string::npos;
}

bool SameUnordered(Values a, Values b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

// "participants" of "participants.noda", and "noda".
std::pair<std::string, std::string> ListAndId(const std::string& element) {
  return absl::StrSplit(element, absl::MaxSplits('.', 1));
}

// What a target leads to in the record or in the element that the fact is.
Leaves Local(const std::string& target, const Home& home, const Message& record,
             const Message& element) {
  Leaves leaves;
  for (const std::string& part : Values(absl::StrSplit(target, " | "))) {
    if (part == "#record") {
      leaves.push_back({home.record});
    } else if (part == "#element") {
      leaves.push_back({ListAndId(home.element).first});
    } else if (absl::StartsWith(part, "#record.")) {
      const std::string path = part.substr(part.find('.') + 1);
      Append(Follow(record, absl::StrReplaceAll(path, {{"#path", home.element}})), leaves);
    } else {
      Append(Follow(element, part), leaves);
    }
  }
  return leaves;
}

// What derived targets lead to: the answers are kept, since leaves point into them.
struct Answer {
  std::vector<MessagePtr> messages;
  Leaves leaves;
};

// "<collection> ? <filter> : <path>".
Answer Listed(const std::string& target, const std::string& record, Served& served) {
  const Values sides = absl::StrSplit(target, " : ");
  const Values question = absl::StrSplit(sides[0], " ? ");
  Answer answer;
  answer.messages = served.List(question[0], absl::StrReplaceAll(question[1], {{"$", record}}));
  for (const MessagePtr& message : answer.messages) {
    Append(Follow(*message, sides[1]), answer.leaves);
  }
  return answer;
}

// The path in the records that the names lead to.
Answer Referred(const Leaves& names, const std::string& path, Served& served) {
  Answer answer;
  for (const Leaf& name : names) {
    answer.messages.push_back(served.Get(name.text));
    if (answer.messages.back() == nullptr) continue;
    Append(Follow(*answer.messages.back(), path), answer.leaves);
  }
  return answer;
}

}  // namespace

Home Projection::HomeOf(const Fact& fact) const {
  const Values parts = absl::StrSplit(vocabulary_.NameOf(fact.id), '#');
  Home home{parts[0], parts.size() > 1 ? parts[1] : "", parts[0].substr(0, parts[0].find('/'))};
  if (!home.element.empty()) absl::StrAppend(&home.of, ".", ListAndId(home.element).first);
  return home;
}

Values Projection::Converted(const Row& row, Leaves leaves) const {
  return Convert({vocabulary_, sentences_, row.mapping, row.element, row.stated, std::move(leaves)},
                 row.mapping.as);
}

Values Projection::Derived(const Row& row, Served& served) const {
  const std::string& target = row.mapping.target;
  const std::string path = target.substr(target.find(" : ") + 3);
  if (absl::StartsWith(target, "= ")) {
    const Values steps = absl::StrSplit(target.substr(2), " -> ");
    Leaves leaves = Local(steps[0], row.home, row.record, row.element);
    if (steps.size() == 1) return Converted(row, std::move(leaves));
    return Converted(row, Referred(leaves, steps[1], served).leaves);
  }
  if (absl::StartsWith(target, "GetTenureBounds")) {
    return Converted(row, Follow(served.Bounds(row.home.record), path));
  }
  if (absl::StartsWith(target, "ListOfficeHolders")) {
    const std::string post = TextAt(row.element, "post");
    const std::string day = TextAt(row.record, "time.edtf");
    // Whoever is named need not be asked for; nor can be who held it on a day that is not known.
    if (post.empty() || !IsDay(day)) return {};
    const auto reply = served.Holders(post, day);
    Leaves leaves;
    for (const auto& holder : reply.holders()) Append(Follow(holder, path), leaves);
    return Converted(row, std::move(leaves));
  }
  const Answer answer = Listed(target, row.home.record, served);
  return Converted(row, answer.leaves);
}

void Projection::CompareRow(const Row& row, Served* served,
                            std::vector<Difference>& differences) const {
  const Mapping& mapping = row.mapping;
  const bool note = mapping.how == "note";
  const bool one_way = note || mapping.how == "more" || mapping.how == "derived-more";
  const bool derived = absl::StartsWith(mapping.how, "derived");
  if (row.stated == nullptr && (one_way || row.stated_elsewhere)) return;
  if (derived && served == nullptr) return;
  if (note && mapping.target.empty()) return;
  const Values found =
      derived ? Derived(row, *served)
              : Converted(row, Local(mapping.target, row.home, row.record, row.element));
  Values stated;
  if (row.stated != nullptr) stated = Stated(vocabulary_, *row.stated, mapping.as);
  if (note ? !found.empty() : SameUnordered(stated, found)) return;
  differences.push_back({"", mapping.kind, mapping.key,
                         absl::StrCat("stated ", absl::StrJoin(stated, " + "), ", served ",
                                      absl::StrJoin(found, " + ")),
                         note});
}

std::vector<Difference> Projection::Compare(const Fact& fact, const Message& record,
                                            Served* served) const {
  const Home home = HomeOf(fact);
  Leaves elements = {{"set", &record}};
  if (!home.element.empty()) {
    const auto [list, id] = ListAndId(home.element);
    elements = Follow(record, absl::StrCat(list, "[id=", id, "]"));
  }
  if (elements.size() != 1) {
    return {{fact.id, fact.kind, "id", absl::StrCat(home.record, " has no ", home.element)}};
  }
  std::vector<Difference> differences;
  std::set<std::string> mapped;
  for (const Mapping& mapping : mapping_) {
    if (mapping.kind != fact.kind || mapping.of != home.of) continue;
    mapped.insert(mapping.key);
    const auto stated = fact.values.find(mapping.key);
    const std::string other(absl::StripPrefix(mapping.how, "either "));
    const bool elsewhere = other != mapping.how && fact.values.count(other) > 0;
    CompareRow({mapping, home, record, *elements[0].message,
                stated == fact.values.end() ? nullptr : &stated->second, elsewhere},
               served, differences);
  }
  for (const auto& [key, values] : fact.values) {
    if (mapped.count(key) == 0) differences.push_back({"", fact.kind, key, "is not mapped"});
  }
  for (Difference& one : differences) one.fact = fact.id;
  return differences;
}

}  // namespace chancery::brief
