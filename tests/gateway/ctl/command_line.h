#ifndef CHANCERY_TESTS_GATEWAY_CTL_COMMAND_LINE_H_
#define CHANCERY_TESTS_GATEWAY_CTL_COMMAND_LINE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/struct.pb.h"

namespace chancery::ctl {

// Where a command line is run.
struct Surroundings {
  std::string input;
  // A terminal of so many columns; 0: a pipe.
  int terminal = 0;
  std::map<std::string, std::string> variables;
};

// What came of it.
struct Outcome {
  int exit = -1;
  std::string out;
  std::string err;
  absl::Duration took;
};

Outcome RunCommand(const std::vector<std::string>& words, const Surroundings& where = {});

// JSON by a parser that has no part in writing it: of protobuf's JSON only the syntax is used. An
// unset value if it is not exactly one JSON value.
google::protobuf::Value ParseJson(const std::string& text);

// The lines of a text.
std::vector<std::string> Lines(const std::string& text);

}  // namespace chancery::ctl

#endif  // CHANCERY_TESTS_GATEWAY_CTL_COMMAND_LINE_H_
