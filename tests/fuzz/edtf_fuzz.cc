// The EDTF parser over arbitrary bytes. Whatever it accepts must survive printing and obey the laws
// of its bounds; whatever it refuses must say where.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "services/chronology/compare.h"
#include "services/chronology/edtf_parser.h"
#include "services/chronology/window.h"

namespace chancery::chronology {
namespace {

// Holds in every build, unlike assert.
void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckDate(const Edtf& date) {
  const auto again = Parse(date.ToString());
  Require(again.ok() && *again == date);

  const SortKey key = SortKeyOf(date);
  Require(key.earliest <= key.latest && key < kUndated);

  const Relation itself = Compare(date, date);
  Require(itself == Relation::kOverlaps || itself == Relation::kUndetermined);

  const Window bounds{date.earliest(), date.latest()};
  const WindowMatch match = MatchWindow(date, bounds, WindowMode::kWithin);
  const bool exact = date.qualifier() == Qualifier::kExact;
  Require(match == (exact ? WindowMatch::kCertain : WindowMatch::kPossible));
}

void CheckRefusal(absl::string_view text, const ParseError& error) {
  Require(error.position <= text.size());
  Require(!error.rule.empty() && !error.expected.empty());
}

}  // namespace

void CheckText(absl::string_view text) {
  ParseError error;
  const auto date = Parse(text, &error);
  if (date.ok()) {
    CheckDate(*date);
  } else {
    CheckRefusal(text, error);
  }
}

}  // namespace chancery::chronology

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chancery::chronology::CheckText({reinterpret_cast<const char*>(data), size});
  return 0;
}
