#include "services/resource/filter_scanner.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/errors/excerpt.h"

namespace chancery::resource {
namespace {

constexpr absl::string_view kSpace = " \t\r\n";
constexpr absl::string_view kNameStops = " \t\r\n(),\"'=!<>:";
constexpr absl::string_view kWordStops = " \t\r\n(),\"'=!<>";
constexpr absl::string_view kEscapable = "\"'\\*";

bool Contains(absl::string_view set, char c) { return set.find(c) != absl::string_view::npos; }

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

// What a lead byte announces: how many bytes, and which values the second may have.
struct Utf8Lead {
  size_t length;
  uint8_t second_min;
  uint8_t second_max;
};

Utf8Lead LeadOf(uint8_t byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// The length of the code point that `text` begins with; 0 if it is not well-formed.
size_t FirstCodePoint(absl::string_view text) {
  const Utf8Lead lead = LeadOf(static_cast<uint8_t>(text[0]));
  if (lead.length <= 1) return lead.length;
  if (text.size() < lead.length) return 0;
  const auto second = static_cast<uint8_t>(text[1]);
  if (second < lead.second_min || second > lead.second_max) return 0;
  const absl::string_view rest = text.substr(2, lead.length - 2);
  return std::all_of(rest.begin(), rest.end(), IsContinuation) ? lead.length : 0;
}

}  // namespace

size_t Utf8PrefixLength(absl::string_view text) {
  size_t length = 0;
  while (length < text.size()) {
    const size_t next = FirstCodePoint(text.substr(length));
    if (next == 0) break;
    length += next;
  }
  return length;
}

size_t CodePointCount(absl::string_view text) {
  return text.size() - static_cast<size_t>(std::count_if(text.begin(), text.end(), IsContinuation));
}

bool FilterScanner::PeekSpace() const { return !AtEnd() && Contains(kSpace, Peek()); }

bool FilterScanner::SkipSpace() {
  const size_t start = position_;
  while (PeekSpace()) ++position_;
  return position_ > start;
}

bool FilterScanner::Take(char c) {
  if (AtEnd() || Peek() != c) return false;
  ++position_;
  return true;
}

bool FilterScanner::TakeKeyword(absl::string_view keyword) {
  const absl::string_view rest = text_.substr(position_);
  if (!absl::StartsWith(rest, keyword)) return false;
  if (rest.size() > keyword.size() && !Contains(" \t\r\n()", rest[keyword.size()])) return false;
  position_ += keyword.size();
  return true;
}

bool FilterScanner::TakeComparator(Comparator& comparator) {
  // The longer ones first.
  static constexpr std::pair<absl::string_view, Comparator> kComparators[] = {
      {"<=", Comparator::kLessOrEqual}, {">=", Comparator::kGreaterOrEqual},
      {"!=", Comparator::kNotEqual},    {"<", Comparator::kLess},
      {">", Comparator::kGreater},      {"=", Comparator::kEqual},
      {":", Comparator::kHas},
  };
  for (const auto& [written, meant] : kComparators) {
    if (!absl::StartsWith(text_.substr(position_), written)) continue;
    position_ += written.size();
    comparator = meant;
    return true;
  }
  return false;
}

absl::string_view FilterScanner::TakeName() { return TakeUntil(kNameStops); }

absl::string_view FilterScanner::TakeUntil(absl::string_view stops) {
  const absl::string_view rest = text_.substr(position_);
  const absl::string_view taken = rest.substr(0, rest.find_first_of(stops));
  position_ += taken.size();
  return taken;
}

bool FilterScanner::ReadArgument(WrittenRestriction::Argument& argument) {
  argument.position = position_;
  if (Peek() == '(') {
    return Fail("argument-group", position_,
                "one value stands after a comparator; repeat the field for each: "
                "(kind = A OR kind = B)");
  }
  return PeekQuote() ? ReadQuoted(argument) : ReadWord(argument);
}

bool FilterScanner::ReadWord(WrittenRestriction::Argument& argument) {
  const size_t start = position_;
  const absl::string_view word = TakeUntil(kWordStops);
  if (word.empty()) return Fail("syntax", start, "a value was expected");
  if (word == "AND" || word == "OR" || word == "NOT") {
    return Fail("syntax", start,
                absl::StrCat("a value was expected; put ", word, " in quotes to mean the word"),
                {{"value", std::string(word)}});
  }
  if (Peek() == '(') {
    return FailAtFunction(start, word);
  }
  argument.any = word == "*";
  for (size_t i = 0; i < word.size() && !argument.any; ++i) {
    if (word[i] != '*') {
      argument.text.push_back(word[i]);
    } else if (!AddStar(start + i, i + 1 == word.size(), argument)) {
      return false;
    }
  }
  return true;
}

bool FilterScanner::ReadQuoted(WrittenRestriction::Argument& argument) {
  const size_t start = position_;
  const char quote = text_[position_++];
  while (!Take(quote)) {
    if (AtEnd()) return Fail("string", start, "a text has no closing quote");
    const size_t here = position_;
    const char c = text_[position_++];
    if (c == '\\') {
      if (!ReadEscape(argument)) return false;
    } else if (c != '*') {
      argument.text.push_back(c);
    } else if (!AddStar(here, Peek() == quote, argument)) {
      return false;
    }
  }
  return true;
}

bool FilterScanner::ReadEscape(WrittenRestriction::Argument& argument) {
  if (AtEnd() || !Contains(kEscapable, Peek())) {
    return Fail("escape", position_ - 1, "'\\' stands before '\"', ''', '*' or another '\\' only");
  }
  argument.text.push_back(text_[position_++]);
  return true;
}

// A star that nothing stands before opens the front, the last one the back.
bool FilterScanner::AddStar(size_t position, bool is_last, WrittenRestriction::Argument& argument) {
  if (is_last && !argument.text.empty()) {
    argument.open_back = true;
    return true;
  }
  if (is_last) return Fail("wildcard", position, "ask for any value with field:*");
  if (!argument.text.empty() || argument.open_front) {
    return Fail("wildcard", position,
                "'*' stands first or last in a text; '\\*' in quotes is a star");
  }
  argument.open_front = true;
  return true;
}

bool FilterScanner::FailAtFunction(size_t position, absl::string_view name) {
  const std::string value = errors::Excerpt(name);
  return Fail("function", position,
              absl::StrCat("there is no function '", value,
                           "' here; overlaps(field, days) and within(field, days) stand where a "
                           "restriction does"),
              {{"value", value}});
}

bool FilterScanner::Fail(absl::string_view rule, size_t position, absl::string_view sentence,
                         errors::Metadata metadata) {
  problem_ = {std::string(rule), position, std::string(sentence), std::move(metadata)};
  return false;
}

}  // namespace chancery::resource
