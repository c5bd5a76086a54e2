#include "gateway/ctl/help_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/text_width.h"

namespace chancery::ctl {
namespace {

// A word and what it means.
struct Line {
  std::string word;
  std::string meaning;
};

void AppendLines(const std::string& heading, const std::vector<Line>& lines, int width,
                 std::string& out) {
  if (lines.empty()) return;
  int left = 0;
  for (const Line& line : lines) left = std::max(left, DisplayWidth(line.word));
  absl::StrAppend(&out, "\n", heading, "\n");
  const int room = width == 0 ? 1 << 20 : std::max(width - left - 4, 20);
  for (const Line& line : lines) {
    std::string start = absl::StrCat("  ", PadText(line.word, left), "  ");
    for (const std::string& part : WrapText(line.meaning, room)) {
      absl::StrAppend(&out, start, part, "\n");
      start.assign(start.size(), ' ');
    }
  }
}

std::vector<Line> FlagLines(const std::vector<Flag>& flags) {
  std::vector<Line> lines;
  lines.reserve(flags.size());
  for (const Flag& flag : flags) lines.push_back({FlagWord(flag), FlagMeaning(flag)});
  return lines;
}

std::string AccessWord(Access access) {
  switch (access) {
    case Access::kLocal:
      return "local";
    case Access::kRead:
      return "ro";
    case Access::kWrite:
      return "rw";
  }
  return "";
}

std::string BoolJson(bool value) { return value ? "true" : "false"; }

std::string StringsJson(const std::vector<std::string>& strings) {
  std::vector<std::string> json;
  json.reserve(strings.size());
  for (const std::string& string : strings) json.push_back(JsonString(string));
  return JsonArray(json);
}

std::string FlagJson(const Flag& flag) {
  return JsonObject({{"name", JsonString(flag.name)},
                     {"short", JsonString(flag.short_name)},
                     {"value", JsonString(flag.value)},
                     {"summary", JsonString(flag.summary)},
                     {"default", JsonString(flag.fallback)},
                     {"variable", JsonString(flag.variable)},
                     {"required", BoolJson(flag.required)},
                     {"repeated", BoolJson(flag.repeated)},
                     {"choices", StringsJson(flag.choices)}});
}

std::string ArgumentJson(const Argument& argument) {
  return JsonObject({{"name", JsonString(argument.name)},
                     {"summary", JsonString(argument.summary)},
                     {"optional", BoolJson(argument.optional)},
                     {"repeated", BoolJson(argument.repeated)},
                     {"choices", StringsJson(argument.choices)}});
}

std::string ExitJson(const ExitRow& row) {
  return JsonObject({{"code", absl::StrCat(static_cast<int>(row.code))},
                     {"name", JsonString(row.name)},
                     {"meaning", JsonString(row.meaning)}});
}

}  // namespace

std::string FlagWord(const Flag& flag) {
  return absl::StrCat(flag.short_name.empty() ? "" : absl::StrCat(flag.short_name, ", "), flag.name,
                      flag.value.empty() ? "" : " ", flag.value);
}

std::string FlagMeaning(const Flag& flag) {
  std::string meaning = flag.summary;
  if (!flag.choices.empty())
    absl::StrAppend(&meaning, " One of ", absl::StrJoin(flag.choices, ", "), ".");
  if (!flag.fallback.empty()) absl::StrAppend(&meaning, " Default: ", flag.fallback, ".");
  if (!flag.variable.empty()) absl::StrAppend(&meaning, " Variable: ", flag.variable, ".");
  return meaning;
}

std::string UsageLine(const Command& command) {
  std::string line = command.name;
  for (const Argument& argument : command.arguments) {
    const std::string word = absl::StrCat(argument.name, argument.repeated ? "..." : "");
    absl::StrAppend(&line, " ", argument.optional ? absl::StrCat("[", word, "]") : word);
  }
  for (const Flag& flag : command.flags) {
    if (flag.required) {
      absl::StrAppend(&line, " ", flag.short_name.empty() ? flag.name : flag.short_name, " ",
                      flag.value);
    }
  }
  return line + " [flags]";
}

std::string TreeText(const Commands& commands, int width) {
  std::string out = "Usage: chancery COMMAND [arguments] [flags]\n";
  std::vector<Line> lines;
  for (const Command& command : commands) lines.push_back({command.name, command.summary});
  AppendLines("Commands", lines, width, out);
  AppendLines("Flags of every command", FlagLines(CommonFlags()), width, out);
  AppendLines("Flags of commands that ask a register", FlagLines(RegisterFlags()), width, out);
  std::vector<Line> codes;
  for (const ExitRow& row : ExitTable()) {
    codes.push_back({absl::StrCat(static_cast<int>(row.code)), row.meaning});
  }
  AppendLines("Exit codes", codes, width, out);
  return out + "\n`chancery help COMMAND` shows a command's own flags.\n";
}

std::string CommandText(const Command& command, int width) {
  std::string out = absl::StrCat(command.summary, "\n\nUsage: chancery ", UsageLine(command), "\n");
  std::vector<Line> lines;
  for (const Argument& argument : command.arguments) {
    lines.push_back({argument.name, argument.summary});
  }
  AppendLines("Arguments", lines, width, out);
  AppendLines("Flags", FlagLines(FlagsOf(command)), width, out);
  if (!command.example.empty()) absl::StrAppend(&out, "\nExample: ", command.example, "\n");
  return out;
}

std::string CommandJson(const Command& command) {
  std::vector<std::string> arguments;
  for (const Argument& argument : command.arguments) arguments.push_back(ArgumentJson(argument));
  std::vector<std::string> flags;
  for (const Flag& flag : FlagsOf(command)) flags.push_back(FlagJson(flag));
  return JsonObject({{"name", JsonString(command.name)},
                     {"summary", JsonString(command.summary)},
                     {"usage", JsonString(UsageLine(command))},
                     {"access", JsonString(AccessWord(command.access))},
                     {"example", JsonString(command.example)},
                     {"arguments", JsonArray(arguments)},
                     {"flags", JsonArray(flags)}});
}

std::string TreeJson(const Commands& commands) {
  std::vector<std::string> rows;
  for (const Command& command : commands) rows.push_back(CommandJson(command));
  std::vector<std::string> codes;
  for (const ExitRow& row : ExitTable()) codes.push_back(ExitJson(row));
  return JsonObject({{"commands", JsonArray(rows)}, {"exitCodes", JsonArray(codes)}});
}

}  // namespace chancery::ctl
