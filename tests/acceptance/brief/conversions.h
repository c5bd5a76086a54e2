#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_CONVERSIONS_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_CONVERSIONS_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "tests/acceptance/brief/facts.h"
#include "tests/acceptance/brief/sentences.h"
#include "tests/acceptance/brief/served_path.h"

namespace chancery::brief {

// What a row of the mapping has found for a fact.
struct Found {
  const Vocabulary& vocabulary;
  const Sentences& sentences;
  const Mapping& mapping;
  // The record, or the element of it, that the fact is.
  const google::protobuf::Message& element;
  // What the fact states; null if it does not have the key.
  const Values* stated;
  std::vector<Leaf> leaves;
};

// What was found, in the words of facts, by the row's `as`:
//
//   text, id             as it is; an id is compared as the name of its record
//   value                by values.tsv
//   distinct             each text once
//   bool, flag           true or false; true or nothing
//   number               what is not 0
//   day                  a google.type.Date as YYYY-MM-DD
//   marked               that there is something; the words differ
//   said                 a wording, see below
//   if-…                 only if there is one, or several; for lists that stand for two keys
//   basis, sentences,    of the citations that hold the record's evidence
//   evidence
//   the rest             put together from several fields, as facts write them
//
// A wording of up to 60 code points is served as it is. Of a longer one, the part that stands in
// the document must lie in a span that is cited for it.
Values Convert(const Found& found, const std::string& as);

// What a fact states, with names of records for ids where `as` compares those.
Values Stated(const Vocabulary& vocabulary, const Values& values, const std::string& as);

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_CONVERSIONS_H_
