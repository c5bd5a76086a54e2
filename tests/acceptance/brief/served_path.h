#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_PATH_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_PATH_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace chancery::brief {

// A value found in a message: a scalar's text, or a message.
struct Leaf {
  std::string text;
  const google::protobuf::Message* message = nullptr;
};

// What a path leads to in a message, through all elements of lists; nothing that is unset. Steps
// are names of fields, joined by dots, and can choose:
//
//   series[0].series             the first
//   acts[action=SIGNATURE].time  those of which a field has this value; != for another value
//   subjects[target^=matters/]   … begins like this; !^= for another beginning
//   successions[recognised_by]   those in which a field is set
//   not_stated[.=venue]          values that are this
//
// Two paths joined by " | " lead to what both lead to. "." is the message itself. A field that does
// not exist fails the test that asks.
std::vector<Leaf> Follow(const google::protobuf::Message& message, const std::string& path);

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_PATH_H_
