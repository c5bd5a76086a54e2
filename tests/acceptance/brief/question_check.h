#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHECK_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHECK_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/struct.pb.h"
#include "tests/acceptance/brief/facts.h"
#include "tests/acceptance/brief/question_chain.h"
#include "tests/acceptance/brief/sentences.h"

namespace chancery::brief {

// A question with its exact answer, as they lie beside the tree.
struct Question {
  std::string id;
  std::string difficulty;
  google::protobuf::Value answer;
};

absl::StatusOr<std::vector<Question>> ReadQuestions(const std::string& path);

// A row of questions.jsonl: how a question is asked, and where each value of its answer is found.
struct QuestionRow {
  std::string id;
  std::string remains;  // why it is not answered; then there is nothing else
  google::protobuf::ListValue ask;
  google::protobuf::Value answer;
};

absl::StatusOr<std::vector<QuestionRow>> ReadQuestionRows(const std::string& path);

// A part of an answer that was found to be another one than it should be.
struct Mistake {
  std::string where;  // "envisaged", "agreements/peace-treaty.2"; "" for the whole
  std::string part;   // see PartsOf
  std::string text;
};

// The parts of a row's answer that select something that is expected: "envisaged"; of an object
// with a key for each of several things "{}.2", and "{key}" for its keys; "{label}.a" of a list of
// labels.
std::set<std::string> PartsOf(const google::protobuf::Value& selection,
                              const google::protobuf::Value& expected);

// Compares what a chain has found with an answer. The row's answer has the form of the answer that
// is expected, with selections where that has values:
//
//   "talks -> venue.locality"      what the path leads to from what a step called so. A list is
//                                  compared as a set, with " in order" at the end as it is; a
//                                  single value must be the only one; null is nothing
//   "… as precision"               year, month or day, of a date
//   "… as count"                   how many there are
//   "… as bool"                    whether there is any
//   "… as none"                    whether there is nothing
//   "… as mark not_stated"         "not_stated" if there is any
//   "… as sentences"               in which citations lie
//   "… as quoted"                  the expected words are served, or stand in what is cited for
//   them "… as word agreement.status"   by values.tsv
//   {"each": "talks", "key": "{name}", "value": …}   an object: a key and what it stands for, for
//                                  each that a step found; selections in `value` are paths. Of
//                                  things with one key the values are taken together
//   {"labels": {"a": "talks -> name", …}}   a list of those labels whose selection leads to
//   anything
//
// Ids of the answer stand for the names of records (Vocabulary::NameOf).
class QuestionCheck {
 public:
  QuestionCheck(const Vocabulary& vocabulary, const Sentences& sentences)
      : vocabulary_(vocabulary), sentences_(sentences) {}

  std::vector<Mistake> Compare(const google::protobuf::Value& selection,
                               const google::protobuf::Value& expected, const Named& named) const;

 private:
  struct Scope;

  void CompareAt(const Scope& scope, const google::protobuf::Value& selection,
                 const google::protobuf::Value& expected) const;
  void CompareText(const Scope& scope, const std::string& selection,
                   const google::protobuf::Value& expected) const;
  void CompareEach(const Scope& scope, const google::protobuf::Struct& selection,
                   const google::protobuf::Struct& expected) const;
  void CompareLabels(const Scope& scope, const google::protobuf::Struct& labels,
                     const google::protobuf::Value& expected) const;
  void CompareObject(const Scope& scope, const google::protobuf::Struct& selection,
                     const google::protobuf::Struct& expected) const;
  Values Expected(const google::protobuf::Value& value) const;
  std::string KeyOf(const Thing& thing, const std::string& form) const;

  const Vocabulary& vocabulary_;
  const Sentences& sentences_;
};

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHECK_H_
