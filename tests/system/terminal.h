#ifndef CHANCERY_TESTS_SYSTEM_TERMINAL_H_
#define CHANCERY_TESTS_SYSTEM_TERMINAL_H_

#include <string>
#include <vector>

namespace chancery::testing {

// What a program left on a terminal, and how it ended.
struct Screen {
  int exit_code = -1;
  std::string text;
};

// Runs a program on a terminal of its own of so many columns. If `until` is given, Ctrl-C is typed
// once that is on the screen.
Screen RunOnTerminal(const std::vector<std::string>& words, int columns,
                     const std::string& until = "");

// The text without escape sequences of colours.
std::string WithoutEscapes(const std::string& text);

// All lines of a text.
std::vector<std::string> LinesOf(const std::string& text);

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SYSTEM_TERMINAL_H_
