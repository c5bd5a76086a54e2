#ifndef CHANCERY_TESTS_GATEWAY_CTL_OUTPUT_CONTRACT_H_
#define CHANCERY_TESTS_GATEWAY_CTL_OUTPUT_CONTRACT_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/ctl/command.h"
#include "tests/gateway/ctl/command_line.h"

// What every command keeps to, whatever becomes of it: the rows of commands and outcomes, and the
// check of one.

namespace chancery::ctl {

enum class Situation { kHit, kEmpty, kUsage, kRefused, kConflict, kDown, kPartial, kFault };

struct Row {
  Situation situation;
  std::vector<std::string> words;
  std::string input = {};
  // The service that is not there.
  std::string missing = {};
  // Says on stdout what was refused, as it says what was done.
  bool reports = false;
  // Lists what is wrong, and nothing is.
  bool lists_none = false;
};

// By the command's name.
using Rows = std::map<std::string, std::vector<Row>>;

// Fails the test unless every command has rows, and each of its situations either a row or a place
// among those that it can not get into.
void ExpectComplete(const Commands& commands, const Rows& rows,
                    const std::map<std::string, std::set<Situation>>& never);

int ExitFor(Situation situation);

// Fails the test unless the outcome of a row in a situation is as promised for "table", "json" or
// "jsonl": exit code, what is on stdout and stderr, and that it parses.
void ExpectContract(const Outcome& outcome, const Row& row, Situation situation,
                    const std::string& format);

}  // namespace chancery::ctl

#endif  // CHANCERY_TESTS_GATEWAY_CTL_OUTPUT_CONTRACT_H_
