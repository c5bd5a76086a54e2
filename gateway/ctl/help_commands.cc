#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/help_text.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/man_page.h"
#include "gateway/ctl/parser.h"
#include "gateway/ctl/print/json.h"
#include "proto/errors/status_macros.h"
#include "services/serving/version.h"

namespace chancery::ctl {
namespace {

absl::StatusOr<Exit> Help(Invocation& in) {
  const int width = in.output().width();
  if (in.Has("--man")) {
    const std::string page = ManPage(in.commands());
    in.output().ShowValue(JsonObject({{"man", JsonString(page)}}), page);
    return Exit::kDone;
  }
  if (in.arguments().empty()) {
    in.output().ShowValue(TreeJson(in.commands()), TreeText(in.commands(), width));
    return Exit::kDone;
  }
  std::vector<std::string> words = in.arguments();
  ASSIGN_OR_RETURN(const Command* command, TakeCommand(in.commands(), words));
  in.output().ShowValue(CommandJson(*command), CommandText(*command, width));
  return Exit::kDone;
}

absl::StatusOr<Exit> Version(Invocation& in) {
  in.output().ShowValue(JsonObject({{"version", JsonString(serving::kVersion)}}),
                        absl::StrCat("chancery ", serving::kVersion, "\n"));
  return Exit::kDone;
}

}  // namespace

Commands HelpCommands() {
  return {
      {.name = "help",
       .summary = "Show the commands, or one of them.",
       .arguments = {{.name = "COMMAND",
                      .summary = "the command to show",
                      .optional = true,
                      .repeated = true,
                      .names = Names::kCommands}},
       .flags = {{.name = "--man", .summary = "All of it as a man page, for `man -l -`."}},
       .access = Access::kLocal,
       .example = "chancery help list",
       .run = Help},
      {.name = "version",
       .summary = "Show the version of this program.",
       .access = Access::kLocal,
       .example = "chancery version",
       .run = Version},
  };
}

}  // namespace chancery::ctl
