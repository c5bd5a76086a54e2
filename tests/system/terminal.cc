#include "tests/system/terminal.h"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <regex>

#include "absl/strings/str_split.h"

namespace chancery::testing {
namespace {

// Until the program has ended, when a terminal gives an error.
std::string ReadAll(int terminal, const std::string& until) {
  std::string all;
  bool typed = until.empty();
  char buffer[4096];
  for (;;) {
    const ssize_t size = read(terminal, buffer, sizeof(buffer));
    if (size <= 0) return all;
    all.append(buffer, static_cast<size_t>(size));
    if (typed || all.find(until) == std::string::npos) continue;
    typed = write(terminal, "\x03", 1) == 1;
  }
}

}  // namespace

Screen RunOnTerminal(const std::vector<std::string>& words, int columns, const std::string& until) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  winsize size{};
  size.ws_row = 24;
  size.ws_col = static_cast<unsigned short>(columns);
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  Screen screen;
  screen.text = ReadAll(terminal, until);
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  screen.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  screen.text.erase(std::remove(screen.text.begin(), screen.text.end(), '\r'), screen.text.end());
  return screen;
}

std::string WithoutEscapes(const std::string& text) {
  static const auto& escape = *new std::regex("\x1b\\[[0-9;]*[A-Za-z]");
  return std::regex_replace(text, escape, "");
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace chancery::testing
