#include "gateway/ctl/run.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>

#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/parser.h"
#include "google/protobuf/stubs/logging.h"

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

Format FormatIn(const Words& words) {
  const std::string name = PeekFlag(words, "--output");
  if (name == "json") return Format::kJson;
  return name == "jsonl" ? Format::kJsonl : Format::kTable;
}

bool UseColor(const Words& words, const Streams& streams) {
  const std::string color = PeekFlag(words, "--color");
  if (color == "always") return true;
  if (color == "never" || !streams.out_is_terminal) return false;
  const auto no_color = streams.variable ? streams.variable("NO_COLOR") : std::nullopt;
  return !no_color.has_value() || no_color->empty();
}

// The words before `--`, behind which nothing is meant for us.
Words OwnWords(const Words& words) {
  return {words.begin(), std::find(words.begin(), words.end(), "--")};
}

// `chancery list --help` is `chancery help list`; `chancery --version` is `chancery version`.
void TranslateHabits(Words& words) {
  if (OwnWords(words).size() < words.size()) return;
  const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
  const auto help = std::find_if(words.begin(), words.end(), is_help);
  if (help != words.end()) {
    words.erase(std::remove_if(words.begin(), words.end(), is_help), words.end());
    words.insert(words.begin(), "help");
  } else if (words.size() == 1 && words.front() == "--version") {
    words.front() = "version";
  }
}

absl::StatusOr<Exit> RunWords(const Commands& commands, Words words, Streams& streams,
                              Output& output) {
  const auto command = TakeCommand(commands, words);
  if (!command.ok()) return command.status();
  if (*command == nullptr) {
    return UsageError("COMMAND", "", "which command? `chancery help` lists them");
  }
  auto parsed = ParseWords(**command, words);
  if (!parsed.ok()) return parsed.status();
  Invocation invocation(**command, commands, *std::move(parsed), streams, output);
  absl::StatusOr<Exit> exit = (*command)->run(invocation);
  if (!exit.ok()) return invocation.Explained(exit.status());
  return exit;
}

std::optional<std::string> Variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

int TerminalColumns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

}  // namespace

int Run(Words words, Streams& streams, Commands extra) {
  Commands commands = AllCommands();
  for (Command& command : extra) commands.push_back(std::move(command));
  TranslateHabits(words);
  const Words own = OwnWords(words);
  Output output(streams, FormatIn(own), UseColor(own, streams));
  const absl::StatusOr<Exit> exit = RunWords(commands, std::move(words), streams, output);
  if (!exit.ok()) output.ShowError(exit.status());
  streams.out.flush();
  streams.err.flush();
  return static_cast<int>(exit.ok() ? *exit : ExitOf(exit.status()));
}

int Main(int argc, const char* const* argv, Commands extra) {
  // What is no UTF-8 is answered with an error of ours; protobuf would say it a second time.
  google::protobuf::SetLogHandler(nullptr);
  Streams streams{std::cin,
                  std::cout,
                  std::cerr,
                  isatty(STDOUT_FILENO) != 0,
                  isatty(STDERR_FILENO) != 0,
                  TerminalColumns(),
                  Variable};
  return Run(Words(argv + std::min(argc, 1), argv + argc), streams, std::move(extra));
}

}  // namespace chancery::ctl
