#ifndef CHANCERY_GATEWAY_CTL_PRINT_TEXT_WIDTH_H_
#define CHANCERY_GATEWAY_CTL_PRINT_TEXT_WIDTH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// How much room text takes in a terminal: kanji and kana take two columns, a combining accent none.
// Text is UTF-8; bytes that are not count as one column each.

namespace chancery::ctl {

// The columns that `text` takes in one line.
int DisplayWidth(absl::string_view text);

// `text` in lines of at most `width` columns, broken at spaces, between wide characters, and inside
// a word only where it does not fit into a line. Nothing but spaces at a break is left out. At
// least one line.
std::vector<std::string> WrapText(absl::string_view text, int width);

// `text` and as many spaces as it takes to fill `width` columns.
std::string PadText(absl::string_view text, int width);

// The same on one line and without anything that a terminal obeys: a line feed becomes "\n", a tab
// "\t", an escape "\x1b".
std::string OneLine(absl::string_view text);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_TEXT_WIDTH_H_
