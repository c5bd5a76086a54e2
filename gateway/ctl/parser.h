#ifndef CHANCERY_GATEWAY_CTL_PARSER_H_
#define CHANCERY_GATEWAY_CTL_PARSER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/command.h"
#include "gateway/ctl/invocation.h"

// From words to a command and its flags. All errors are USAGE_INVALID with the metadata `flag`,
// `value`, and `nearest` where something was misspelt.

namespace chancery::ctl {

// Finds the command among the words and takes it out of them; flags may stand before it. Null if
// there is none.
absl::StatusOr<const Command*> TakeCommand(const Commands& commands,
                                           std::vector<std::string>& words);

// Sorts the words behind a command into flags and arguments, and checks that all that is required
// is there and every value is one of the choices.
absl::StatusOr<ParsedWords> ParseWords(const Command& command,
                                       const std::vector<std::string>& words);

// The value of a flag in words that may be wrong otherwise: how an error is to be shown has to be
// known before they are understood. The last one counts; empty if it is not there.
std::string PeekFlag(const std::vector<std::string>& words, const std::string& flag);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PARSER_H_
