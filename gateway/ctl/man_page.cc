#include "gateway/ctl/man_page.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gateway/ctl/help_text.h"
#include "services/serving/version.h"

namespace chancery::ctl {
namespace {

// Text as man takes it: no dash becomes a typographer's, and no line a command.
std::string Escaped(const std::string& text) {
  const std::string escaped = absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
  const bool looks_like_command = absl::StartsWith(text, ".") || absl::StartsWith(text, "'");
  return absl::StrCat(looks_like_command ? "\\&" : "", escaped);
}

void AddTerm(const std::string& term, const std::string& meaning, std::string& page) {
  absl::StrAppend(&page, ".TP\n\\fB", Escaped(term), "\\fR\n", Escaped(meaning), "\n");
}

void AddFlags(const std::vector<Flag>& flags, std::string& page) {
  for (const Flag& flag : flags) AddTerm(FlagWord(flag), FlagMeaning(flag), page);
}

void AddCommand(const Command& command, std::string& page) {
  absl::StrAppend(&page, ".SS ", Escaped(UsageLine(command)), "\n", Escaped(command.summary), "\n");
  for (const Argument& argument : command.arguments) {
    AddTerm(argument.name, argument.summary, page);
  }
  AddFlags(command.flags, page);
  absl::StrAppend(&page, ".PP\nExample:\n.PP\n.RS\n", Escaped(command.example), "\n.RE\n");
}

}  // namespace

std::string ManPage(const Commands& commands) {
  std::string page = absl::StrCat(".TH CHANCERY 1 \"\" \"chancery ", serving::kVersion,
                                  "\"\n.SH NAME\nchancery \\- the record of relations between "
                                  "states\n.SH SYNOPSIS\n.B chancery\nCOMMAND [arguments] "
                                  "[flags]\n.SH COMMANDS\n");
  for (const Command& command : commands) AddCommand(command, page);
  page += ".SH FLAGS OF EVERY COMMAND\n";
  AddFlags(CommonFlags(), page);
  page += ".SH FLAGS OF COMMANDS THAT ASK A REGISTER\n";
  AddFlags(RegisterFlags(), page);
  page += ".SH EXIT STATUS\n";
  for (const ExitRow& row : ExitTable()) {
    AddTerm(absl::StrCat(static_cast<int>(row.code)), row.meaning, page);
  }
  return page;
}

}  // namespace chancery::ctl
