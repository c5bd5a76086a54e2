#ifndef CHANCERY_GATEWAY_CTL_COMMAND_H_
#define CHANCERY_GATEWAY_CTL_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/exit_code.h"

// The command tree as data. Parsing, help, `help --output json` and the tests are made from these
// rows; a command is a row and a function.

namespace chancery::ctl {

class Invocation;

// What a command does to a register.
enum class Access {
  kLocal,  // asks none
  kRead,
  kWrite,
};

// What the words of an argument, or a flag's value, name: what a shell may propose for them.
enum class Names {
  kNothing,
  kCommands,
  kKinds,      // "people"
  kRecords,    // "people/noda"
  kStates,     // "japan"
  kHoldersOf,  // "posts/jp-pm", "japan", "people/noda"
  kReasons,    // "ETAG_MISMATCH"
  kFiles,
};

// Words of the command line that are not flags.
struct Argument {
  std::string name;  // "NAME"
  std::string summary;
  bool optional = false;
  bool repeated = false;
  // All words that there are; empty: any.
  std::vector<std::string> choices = {};
  Names names = Names::kNothing;
};

struct Flag {
  std::string name;        // "--page-size"
  std::string value = {};  // "N"; empty: a switch without a value
  std::string summary = {};
  // What holds when it is not given.
  std::string fallback = {};
  // The environment's variable that stands in for the flag.
  std::string variable = {};
  // All values that there are; empty: any.
  std::vector<std::string> choices = {};
  std::string short_name = {};  // "-f"
  bool required = false;
  // May be given several times, and every value counts; else the last one does.
  bool repeated = false;
  Names names = Names::kNothing;
};

struct Command {
  // One word, or two ("source load") where all commands that begin with the first have two.
  std::string name;
  std::string summary;
  std::vector<Argument> arguments = {};
  std::vector<Flag> flags = {};
  Access access = Access::kRead;
  // A line that works with the record of the demonstration.
  std::string example = {};
  // An error is shown and ends the process with ExitOf(error).
  std::function<absl::StatusOr<Exit>(Invocation&)> run = {};
};

using Commands = std::vector<Command>;

// Flags of all commands, and of those that ask a register.
const std::vector<Flag>& CommonFlags();
const std::vector<Flag>& RegisterFlags();

// All flags that a command takes: its own first.
std::vector<Flag> FlagsOf(const Command& command);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_COMMAND_H_
