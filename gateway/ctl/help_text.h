#ifndef CHANCERY_GATEWAY_CTL_HELP_TEXT_H_
#define CHANCERY_GATEWAY_CTL_HELP_TEXT_H_

#include <string>

#include "gateway/ctl/command.h"

// The command tree, written out.

namespace chancery::ctl {

// All commands with a sentence each, and the exit codes.
std::string TreeText(const Commands& commands, int width);
// One command with its arguments and flags.
std::string CommandText(const Command& command, int width);

// The same for programs: {"commands": […], "exitCodes": […]}, and an element of its commands.
std::string TreeJson(const Commands& commands);
std::string CommandJson(const Command& command);

// "-f, --file FILE", and what it means with its values, fallback and variable.
std::string FlagWord(const Flag& flag);
std::string FlagMeaning(const Flag& flag);

// "list KIND [flags]".
std::string UsageLine(const Command& command);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_HELP_TEXT_H_
