#ifndef CHANCERY_DEPLOY_ALLINONE_COMMANDS_H_
#define CHANCERY_DEPLOY_ALLINONE_COMMANDS_H_

#include "gateway/ctl/command.h"

// The commands that need more than a register's address: those that run one, or open its files.

namespace chancery::allinone {

// Serves a register in one process until SIGTERM or SIGINT.
ctl::Command ServeCommand();

// Serves an ephemeral register that holds the record of the founding brief, and prints a dossier.
ctl::Command DemoCommand();

// Looks into the stores of a register that is not being served: dump, verify, reindex.
ctl::Command InspectCommand();

// All of these, which the binary has beside ctl::AllCommands().
ctl::Commands OwnCommands();

}  // namespace chancery::allinone

#endif  // CHANCERY_DEPLOY_ALLINONE_COMMANDS_H_
