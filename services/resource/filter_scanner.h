#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_SCANNER_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_SCANNER_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/resource/filter_parser.h"

namespace chancery::resource {

// How many bytes at the beginning of `text` are well-formed UTF-8.
size_t Utf8PrefixLength(absl::string_view text);

// How many code points well-formed UTF-8 has.
size_t CodePointCount(absl::string_view text);

// Goes over a filter's text and reads its words: names, keywords, comparators and values. What it
// reads depends on where the parser is: `:` ends a name but belongs to a value (`11:30:00`), and so
// does `-`.
//
// Take… functions return false, and stay, if that is not what comes next. Read… functions return
// false if it has to be next and is not; then problem() says why.
class FilterScanner {
 public:
  explicit FilterScanner(absl::string_view text) : text_(text) {}

  size_t position() const { return position_; }
  void GoBackTo(size_t position) { position_ = position; }
  const FilterProblem& problem() const { return problem_; }

  bool AtEnd() const { return position_ == text_.size(); }
  // The next byte; NUL at the end.
  char Peek() const { return AtEnd() ? '\0' : text_[position_]; }
  bool PeekSpace() const;
  bool PeekQuote() const { return Peek() == '"' || Peek() == '\''; }

  // True if there was any.
  bool SkipSpace();
  bool Take(char c);
  // A word of its own: what follows is a space, a parenthesis or the end.
  bool TakeKeyword(absl::string_view keyword);
  bool TakeComparator(Comparator& comparator);
  // As far as no space, parenthesis, quote, comma or comparator comes; may be empty.
  absl::string_view TakeName();

  // The value of a restriction: a word or a text in quotes.
  bool ReadArgument(WrittenRestriction::Argument& argument);
  // A text in quotes alone.
  bool ReadQuoted(WrittenRestriction::Argument& argument);

  bool FailAtFunction(size_t position, absl::string_view name);
  bool Fail(absl::string_view rule, size_t position, absl::string_view sentence,
            errors::Metadata metadata = {});

 private:
  absl::string_view TakeUntil(absl::string_view stops);
  bool ReadWord(WrittenRestriction::Argument& argument);
  bool ReadEscape(WrittenRestriction::Argument& argument);
  bool AddStar(size_t start, bool is_last, WrittenRestriction::Argument& argument);

  const absl::string_view text_;
  size_t position_ = 0;
  FilterProblem problem_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_SCANNER_H_
