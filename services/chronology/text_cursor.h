#ifndef CHANCERY_SERVICES_CHRONOLOGY_TEXT_CURSOR_H_
#define CHANCERY_SERVICES_CHRONOLOGY_TEXT_CURSOR_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::chronology {

// The text being parsed, how far it has been read, and what was found wrong with it. Internal to
// the parser, whose functions return false once they have called Fail().
class TextCursor {
 public:
  explicit TextCursor(absl::string_view text) : text_(text) {}

  absl::string_view text() const { return text_; }
  size_t position() const { return position_; }
  bool AtEnd() const { return position_ == text_.size(); }

  // The next character; NUL at the end, which can stand nowhere.
  char Peek() const { return AtEnd() ? '\0' : text_[position_]; }

  // Passes the next character. Not at the end.
  void Skip() { ++position_; }

  // Passes `sign` if it comes next.
  bool Take(absl::string_view sign) {
    if (text_.substr(position_, sign.size()) != sign) return false;
    position_ += sign.size();
    return true;
  }

  // Records the error and returns false; without a position, it is where the cursor stands.
  bool Fail(absl::string_view rule, size_t position, absl::string_view expected) {
    error_ = {std::string(rule), position, std::string(expected)};
    return false;
  }
  bool Fail(absl::string_view rule, absl::string_view expected) {
    return Fail(rule, position_, expected);
  }

  const ParseError& error() const { return error_; }

 private:
  absl::string_view text_;
  size_t position_ = 0;
  ParseError error_;
};

}  // namespace chancery::chronology

#endif  // CHANCERY_SERVICES_CHRONOLOGY_TEXT_CURSOR_H_
