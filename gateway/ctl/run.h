#ifndef CHANCERY_GATEWAY_CTL_RUN_H_
#define CHANCERY_GATEWAY_CTL_RUN_H_

#include <string>
#include <vector>

#include "gateway/ctl/command.h"
#include "gateway/ctl/print/output.h"

namespace chancery::ctl {

// The command line: finds the command, runs it, shows what went wrong. Never asks anything and
// never waits for input that a command does not read. `words` are the arguments without the
// program's name; `extra` are commands of the program beside those of AllCommands(). Returns the
// process's exit code.
int Run(std::vector<std::string> words, Streams& streams, Commands extra = {});

// The same with this process's own arguments, streams and environment.
int Main(int argc, const char* const* argv, Commands extra = {});

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_RUN_H_
