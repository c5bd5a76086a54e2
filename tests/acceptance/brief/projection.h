#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_PROJECTION_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_PROJECTION_H_

#include <set>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "tests/acceptance/brief/facts.h"
#include "tests/acceptance/brief/sentences.h"
#include "tests/acceptance/brief/served.h"
#include "tests/acceptance/brief/served_path.h"

namespace chancery::brief {

// Where a fact is found: a record, or an element of one.
struct Home {
  std::string record;   // "events/2012-06-18-los-cabos"
  std::string element;  // "participants.noda"; empty for the record itself
  std::string of;       // "events.participants", as in mapping.tsv
};

// A key of a fact that is served otherwise than it is stated.
struct Difference {
  std::string fact;
  std::string kind;
  std::string key;
  std::string text;  // for people
  // Something is missing beside an editor's note, which says it in other words.
  bool editorial = false;
};

// Projects what is served back to facts, by mapping.tsv, and compares. How a row compares:
//
//   field    the fact's values and the served ones are the same; a key that the fact does not have
//            has no served value either
//   either k the same, of a field that facts state by this key or by the key k
//   more     the same where the fact has the key; where it has not, the record may say more
//   derived  like `field`, of an answer to another question than for the record: `<collection> ?
//            <filter> : <path>` lists, "$" being the record's name; `GetTenureBounds : <path>`;
//            `ListOfficeHolders post at time : <path>`; `= <path>` is counted or put together from
//            the record, `= <path> -> <path>` goes on in the record referred to
//   derived-more  the same, but like `more`
//   note     an editor's words: not compared, but where a target is given there must be something
//
// In targets `#record` is the name of the record that an element is in, `#element` the list that it
// is in.
class Projection {
 public:
  Projection(const std::vector<Mapping>& mapping, const Vocabulary& vocabulary,
             const Sentences& sentences)
      : mapping_(mapping), vocabulary_(vocabulary), sentences_(sentences) {}

  Home HomeOf(const Fact& fact) const;

  // The differences of a fact with the record at its home; none if they are the same. `served` is
  // asked for derived answers; without it they are left out.
  std::vector<Difference> Compare(const Fact& fact, const google::protobuf::Message& record,
                                  Served* served) const;

 private:
  struct Row;

  void CompareRow(const Row& row, Served* served, std::vector<Difference>& differences) const;
  Values Derived(const Row& row, Served& served) const;
  Values Converted(const Row& row, std::vector<Leaf> leaves) const;

  const std::vector<Mapping>& mapping_;
  const Vocabulary& vocabulary_;
  const Sentences& sentences_;
};

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_PROJECTION_H_
