#include "gateway/ctl/print/citation_numbers.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/citations/find_citations.h"
#include "gateway/ctl/print/record_text.h"

namespace chancery::ctl {
namespace {

using types::v1::Basis;
using types::v1::Citation;
using types::v1::Quotation;

// Where words stand below their number.
constexpr int kIndent = 6;

std::string NumberText(size_t number) { return absl::StrCat("[", number, "]"); }

// "implied", "explicit, derived"; empty if all of them say what they are cited for.
std::string BasesText(const std::set<Basis>& bases) {
  if (bases == std::set<Basis>{types::v1::BASIS_EXPLICIT}) return "";
  return absl::StrJoin(bases, ", ", [](std::string* out, Basis basis) {
    const std::string& name = types::v1::Basis_Name(basis);
    absl::StrAppend(out, EnumWords(name.substr(sizeof("BASIS_") - 1)));
  });
}

std::string Words(const CitedSources& sources, size_t index) {
  if (!sources.with_quotations) return "";
  if (index >= sources.quotations.size()) return sources.quotations_missing;
  const Quotation& quotation = sources.quotations[index];
  if (quotation.verification() == Quotation::VERIFIED) {
    return absl::StrCat("\"", quotation.text(), "\"");
  }
  const std::string words = WordsOf(quotation);
  return quotation.verification() == Quotation::MISMATCH
             ? words
             : absl::StrCat(words, ": the register does not have the text");
}

}  // namespace

std::string SpanText(const Citation& citation) {
  return citation.end() == 0 ? "" : absl::StrCat(citation.start(), "-", citation.end());
}

std::string WordsOf(const Quotation& quotation) {
  switch (quotation.verification()) {
    case Quotation::VERIFIED:
      return quotation.text();
    case Quotation::MISMATCH:
      return absl::StrCat("MISMATCH: ", quotation.rule());
    default:
      return "TEXT_NOT_LOADED";
  }
}

std::string CitationNumbers::LineOf(const google::protobuf::Message& record,
                                    absl::string_view name) {
  const std::string numbers = Of(record);
  return absl::StrCat(numbers.empty() ? "no citation" : numbers, " · ", name);
}

size_t CitationNumbers::NumberOf(const Citation& citation) {
  const auto [entry, is_new] = numbers_.try_emplace(
      {citation.source(), citation.digest(), citation.start(), citation.end()}, spans_.size() + 1);
  if (is_new) spans_.push_back({citation, {}});
  const bool says = citation.basis() != types::v1::BASIS_UNSPECIFIED;
  spans_[entry->second - 1].bases.insert(says ? citation.basis() : types::v1::BASIS_EXPLICIT);
  return entry->second;
}

std::string CitationNumbers::Of(const google::protobuf::Message& message) {
  std::vector<std::string> texts;
  std::set<size_t> seen;
  for (const gateway::FoundCitation& found : gateway::FindCitations(message)) {
    const size_t number = NumberOf(*found.citation);
    if (seen.insert(number).second) texts.push_back(NumberText(number));
  }
  return absl::StrJoin(texts, " ");
}

std::string SourcesText(const CitationNumbers& numbers, const CitedSources& sources,
                        Setting setting) {
  if (numbers.spans().empty()) return "";
  Page page(setting);
  page.Heading(absl::StrCat("Sources: ", numbers.spans().size()));
  page.Blank();
  for (size_t i = 0; i < numbers.spans().size(); ++i) {
    const CitationNumbers::Span& span = numbers.spans()[i];
    const auto title = sources.titles.find(span.citation.source());
    std::vector<std::string> parts = {title == sources.titles.end() ? span.citation.source()
                                                                    : title->second};
    for (std::string part : {SpanText(span.citation), BasesText(span.bases)}) {
      if (!part.empty()) parts.push_back(std::move(part));
    }
    page.Line(absl::StrCat(NumberText(i + 1), " ", absl::StrJoin(parts, " · ")), 0);
    page.Line(Words(sources, i), kIndent);
  }
  return absl::StrCat("\n", page.Finish());
}

}  // namespace chancery::ctl
