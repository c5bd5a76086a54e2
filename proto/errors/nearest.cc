#include "proto/errors/nearest.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace chancery::errors {
namespace {

size_t MaxDistance(absl::string_view given) { return std::max<size_t>(2, given.size() / 3); }

// Damerau and Levenshtein's distance, no letter edited twice. Keeps three rows of the table.
size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

// Whether the lengths alone make the two too different to look at.
bool TooFarApart(absl::string_view given, absl::string_view candidate) {
  const size_t shorter = std::min(given.size(), candidate.size());
  const size_t longer = std::max(given.size(), candidate.size());
  return longer - shorter > MaxDistance(given);
}

}  // namespace

std::vector<std::string> NearestNames(absl::string_view given,
                                      absl::Span<const std::string> candidates, size_t limit) {
  const std::string wanted = absl::AsciiStrToLower(given);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    if (TooFarApart(wanted, candidate)) continue;
    const size_t distance = Distance(wanted, absl::AsciiStrToLower(candidate));
    const bool unrelated = distance >= std::max(wanted.size(), candidate.size());
    if (distance <= MaxDistance(wanted) && !unrelated) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  near.resize(std::min(near.size(), limit));
  std::vector<std::string> names;
  names.reserve(near.size());
  for (auto& [distance, name] : near) names.push_back(std::move(name));
  return names;
}

std::string DidYouMean(absl::Span<const std::string> names) {
  if (names.empty()) return "";
  const std::string last = absl::StrCat(names.back(), "?)");
  if (names.size() == 1) return absl::StrCat(" (did you mean ", last);
  const auto others = names.first(names.size() - 1);
  return absl::StrCat(" (did you mean ", absl::StrJoin(others, ", "), " or ", last);
}

}  // namespace chancery::errors
