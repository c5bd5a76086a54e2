#include "tests/acceptance/brief/facts.h"

#include <cmath>
#include <fstream>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace chancery::brief {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

std::string Text(const Value& value);

std::string Text(const Struct& object) {
  std::map<std::string, std::string> sorted;
  for (const auto& [key, value] : object.fields()) sorted[key] = Text(value);
  return absl::StrJoin(sorted, ";", absl::PairFormatter("="));
}

std::string Text(const Value& value) {
  switch (value.kind_case()) {
    case Value::kStringValue:
      return value.string_value();
    case Value::kNumberValue:
      return absl::StrCat(std::llround(value.number_value()));
    case Value::kBoolValue:
      return value.bool_value() ? "true" : "false";
    case Value::kStructValue:
      return Text(value.struct_value());
    case Value::kListValue: {
      std::vector<std::string> texts;
      for (const Value& each : value.list_value().values()) texts.push_back(Text(each));
      return absl::StrJoin(texts, "|");
    }
    default:
      return "";
  }
}

Values TextsOf(const Value& value) {
  if (value.kind_case() == Value::kNullValue) return {};
  if (value.kind_case() != Value::kListValue) return {Text(value)};
  Values texts;
  for (const Value& each : value.list_value().values()) texts.push_back(Text(each));
  return texts;
}

Fact MakeFact(const Struct& object) {
  Fact fact;
  for (const auto& [key, value] : object.fields()) {
    if (key == "id") {
      fact.id = value.string_value();
    } else if (key == "kind") {
      fact.kind = value.string_value();
    } else if (value.kind_case() == Value::kStructValue) {
      for (const auto& [inner, each] : value.struct_value().fields()) {
        fact.values[absl::StrCat(key, ".", inner)] = TextsOf(each);
      }
    } else {
      fact.values[key] = TextsOf(value);
    }
  }
  return fact;
}

// The fields of each line of a table, comments and the heading left out.
absl::StatusOr<std::vector<std::vector<std::string>>> ReadTable(const std::string& path,
                                                                size_t columns) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(absl::StrCat(path, " can not be read"));
  std::vector<std::vector<std::string>> rows;
  bool heading = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (std::exchange(heading, false)) continue;
    std::vector<std::string> row = absl::StrSplit(line, '\t');
    if (row.size() > columns) return absl::InvalidArgumentError(absl::StrCat(path, ": ", line));
    row.resize(columns);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

absl::StatusOr<std::vector<Fact>> ReadFacts(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(absl::StrCat(path, " can not be read"));
  std::vector<Fact> facts;
  for (std::string line; std::getline(in, line);) {
    Struct object;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &object);
    if (!parsed.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", line));
    facts.push_back(MakeFact(object));
  }
  return facts;
}

absl::StatusOr<std::vector<Mapping>> ReadMapping(const std::string& path) {
  const auto rows = ReadTable(path, 6);
  if (!rows.ok()) return rows.status();
  std::vector<Mapping> mapping;
  for (const auto& row : *rows) mapping.push_back({row[0], row[1], row[2], row[3], row[4], row[5]});
  return mapping;
}

absl::StatusOr<Vocabulary> Vocabulary::Read(const std::string& path) {
  const auto rows = ReadTable(path, 4);
  if (!rows.ok()) return rows.status();
  Vocabulary vocabulary;
  for (const auto& row : *rows) vocabulary.words_[{row[0], row[1]}].emplace_back(row[2], row[3]);
  return vocabulary;
}

std::string Vocabulary::FactWord(const std::string& kind, const std::string& key,
                                 const std::string& served) const {
  const auto words = words_.find({kind, key});
  if (words == words_.end()) return "";
  for (const auto& [word, name] : words->second) {
    if (name == served) return word;
  }
  return "";
}

std::string Vocabulary::NameOf(const std::string& fact_id) const {
  if (const auto ids = words_.find({"*", "id"}); ids != words_.end()) {
    for (const auto& [id, name] : ids->second) {
      if (id == fact_id) return name;
    }
  }
  static const auto* const collections = new std::map<std::string, std::string>{
      {"org", "organizations"}, {"post", "posts"},     {"per", "people"},      {"ten", "tenures"},
      {"ser", "series"},        {"ev", "events"},      {"agr", "agreements"},  {"mat", "matters"},
      {"pos", "positions"},     {"prg", "programmes"}, {"stat", "statistics"},
  };
  const std::vector<std::string> parts = absl::StrSplit(fact_id, ':');
  if (parts[0] == "par" && parts.size() == 3) {
    std::string owner = absl::StrCat("events/", parts[1]);
    if (absl::StartsWith(parts[1], "ser-")) owner = absl::StrCat("series/", parts[1].substr(4));
    if (absl::StartsWith(parts[1], "prg-")) owner = absl::StrCat("programmes/", parts[1].substr(4));
    return absl::StrCat(owner, "#participants.", parts[2]);
  }
  const auto collection = collections->find(parts[0]);
  if (collection == collections->end() || parts.size() < 2) return fact_id;
  return absl::StrCat(collection->second, "/", absl::StrJoin(parts.begin() + 1, parts.end(), "-"));
}

std::vector<std::string> Vocabulary::Ambiguities() const {
  std::vector<std::string> ambiguous;
  for (const auto& [key, words] : words_) {
    std::set<std::string> facts;
    std::set<std::string> served;
    for (const auto& [word, name] : words) {
      const bool twice = !served.insert(name).second || (word != "-" && !facts.insert(word).second);
      if (twice) ambiguous.push_back(absl::StrCat(key.first, " ", key.second, ": ", word));
    }
  }
  return ambiguous;
}

}  // namespace chancery::brief
