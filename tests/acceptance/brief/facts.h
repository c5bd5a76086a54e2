#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_FACTS_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_FACTS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace chancery::brief {

// The values of a key as texts, in their order: none for null and for an empty list. A list of
// objects is a text each, "key=value" for its keys in order.
using Values = std::vector<std::string>;

// One fact of the brief. An object's keys are keys of the fact: "place.name".
struct Fact {
  std::string id;    // "ev:2012-06-18-los-cabos"
  std::string kind;  // "event"
  std::map<std::string, Values> values;
};

absl::StatusOr<std::vector<Fact>> ReadFacts(const std::string& path);

// A row of mapping.tsv: where a key of a kind of facts is found again.
struct Mapping {
  std::string kind;
  std::string key;
  std::string of;      // the collection, or the elements, that hold the fact: "events.participants"
  std::string how;     // see projection.h
  std::string target;  // see served_path.h and projection.h
  std::string as;      // how values are compared, see projection.h
};

absl::StatusOr<std::vector<Mapping>> ReadMapping(const std::string& path);

// values.tsv: what a value of a fact is called where it is served, one to one for each key.
class Vocabulary {
 public:
  static absl::StatusOr<Vocabulary> Read(const std::string& path);

  // The fact's word for a served value; "-" if facts do not mention it, "" if it is not known.
  std::string FactWord(const std::string& kind, const std::string& key,
                       const std::string& served) const;

  // The name of the record that a fact's id stands for, with the path of the element if it is one:
  // "events/2012-06-18-los-cabos#participants.noda".
  std::string NameOf(const std::string& fact_id) const;

  // Values of a key that are served under one name, or names that stand for two values.
  std::vector<std::string> Ambiguities() const;

 private:
  using Key = std::pair<std::string, std::string>;

  std::map<Key, std::vector<std::pair<std::string, std::string>>> words_;  // (fact, served)
};

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_FACTS_H_
