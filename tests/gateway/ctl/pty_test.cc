#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gateway/ctl/print/text_width.h"
#include "gateway/ctl/run.h"
#include "gtest/gtest.h"

namespace chancery::ctl {
namespace {

struct Screen {
  int exit = -1;
  std::string text;
};

std::string ReadAll(int file) {
  std::string all;
  char buffer[4096];
  for (;;) {
    const ssize_t size = read(file, buffer, sizeof(buffer));
    if (size <= 0) return all;  // a terminal whose process has ended gives an error
    all.append(buffer, static_cast<size_t>(size));
  }
}

int ExitOfChild(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A process of its own on a terminal of its own.
Screen RunOnTerminal(const std::vector<const char*>& words, int columns) {
  winsize size{};
  size.ws_row = 24;
  size.ws_col = static_cast<unsigned short>(columns);
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) _exit(Main(static_cast<int>(words.size()), words.data()));
  Screen screen;
  screen.text = ReadAll(terminal);
  close(terminal);
  screen.exit = ExitOfChild(child);
  screen.text.erase(std::remove(screen.text.begin(), screen.text.end(), '\r'), screen.text.end());
  return screen;
}

// The same without any terminal, and with nothing to read.
Screen RunOnPipe(const std::vector<const char*>& words) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    _exit(Main(static_cast<int>(words.size()), words.data()));
  }
  close(ends[1]);
  Screen screen;
  screen.text = ReadAll(ends[0]);
  close(ends[0]);
  screen.exit = ExitOfChild(child);
  return screen;
}

int Widest(const std::string& text) {
  int widest = 0;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(text, '\n'))) {
    widest = std::max(widest, DisplayWidth(line));
  }
  return widest;
}

TEST(Pty, TextFitsTheTerminal) {
  for (const int columns : {80, 200}) {
    const Screen screen = RunOnTerminal({"chancery", "help", "list"}, columns);
    EXPECT_EQ(screen.exit, 0);
    EXPECT_LE(Widest(screen.text), columns);
    EXPECT_GT(Widest(screen.text), columns / 2);
  }
}

TEST(Pty, APipeGetsNoEscapesAndLongLines) {
  const Screen screen = RunOnPipe({"chancery", "help", "list"});
  EXPECT_EQ(screen.exit, 0);
  EXPECT_EQ(screen.text.find('\x1b'), std::string::npos);
  EXPECT_GT(Widest(screen.text), 80);
}

TEST(Pty, ErrorsOnATerminalHaveNoEscapesEither) {
  const Screen screen = RunOnTerminal({"chancery", "lst"}, 80);
  EXPECT_EQ(screen.exit, 2);
  EXPECT_EQ(screen.text.find('\x1b'), std::string::npos) << screen.text;
}

}  // namespace
}  // namespace chancery::ctl
