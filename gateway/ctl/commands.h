#ifndef CHANCERY_GATEWAY_CTL_COMMANDS_H_
#define CHANCERY_GATEWAY_CTL_COMMANDS_H_

#include <vector>

#include "gateway/ctl/command.h"

// The rows of the command tree, a family per file.

namespace chancery::ctl {

// All of them, in the order of the help.
Commands AllCommands();

Commands ViewCommands();        // view_commands.cc: dossier, timeline, who
Commands StatusCommands();      // status_command.cc: status
Commands ReadCommands();        // read_commands.cc: get, list, history
Commands WriteCommands();       // write_commands.cc: apply, delete, undelete
Commands EditCommands();        // edit_commands.cc: edit, diff
Commands AccountCommands();     // account_commands.cc: conflicts, claim, deprecate
Commands ImportCommands();      // import_command.cc: import
Commands ExportCommands();      // export_commands.cc: export, restore
Commands SourceCommands();      // source_commands.cc: source load, text, segments, quote, coverage
Commands HealthCommands();      // health_command.cc: health
Commands ExplainCommands();     // explain_command.cc: explain
Commands CompletionCommands();  // completion_commands.cc: completion, complete
Commands HelpCommands();        // help_commands.cc: help, version

// Flags that several commands share.
std::vector<Flag> KnownAtFlags();  // --known-at, --token
std::vector<Flag> AsOfFlags();     // and --valid-at
std::vector<Flag> PageFlags();     // --page-size, --page-token
std::vector<Flag> WriteFlags();    // --note, --kind, --request-id, --validate-only
std::vector<Flag> ChangeFlags();   // and --etag
std::vector<Flag> AllFlag();       // --all

// One list of flags after the other.
std::vector<Flag> Joined(std::vector<Flag> first, const std::vector<Flag>& second);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_COMMANDS_H_
