#include "tests/acceptance/brief/sentences.h"

#include <fstream>
#include <string_view>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/deploy/allinone/document.h"

namespace chancery::brief {
namespace {

using record::CodePoints;
using record::Utf8;

}  // namespace

absl::StatusOr<Sentences> Sentences::Read(const std::string& folder) {
  const auto document = record::ReadDocument(folder + "/brief.txt");
  if (!document.ok()) return document.status();
  Sentences sentences;
  sentences.text_ = document->text;
  sentences.digest_ = document->digest;
  const std::string bytes = Utf8(document->text);
  std::ifstream in(folder + "/sentences.tsv");
  if (!in) return absl::NotFoundError(folder + "/sentences.tsv can not be read");
  std::string line;
  std::getline(in, line);  // the heading
  while (std::getline(in, line)) {
    const std::vector<std::string> row = absl::StrSplit(line, '\t');
    size_t start = 0;
    size_t end = 0;
    if (row.size() < 4 || !absl::SimpleAtoi(row[2], &start) || !absl::SimpleAtoi(row[3], &end)) {
      return absl::InvalidArgumentError(absl::StrCat("sentences.tsv: ", line));
    }
    sentences.ids_.push_back(row[0]);
    sentences.spans_.push_back({static_cast<int>(CodePoints(bytes.substr(0, start)).size()),
                                static_cast<int>(CodePoints(bytes.substr(0, end)).size())});
  }
  return sentences;
}

std::string Sentences::Slice(const types::v1::Citation& citation) const {
  if (quote_) return quote_(citation);
  if (citation.start() < 0 || citation.start() >= citation.end() ||
      citation.end() > static_cast<int>(text_.size())) {
    return "";
  }
  return Utf8(
      std::u32string_view(text_).substr(citation.start(), citation.end() - citation.start()));
}

std::string Sentences::Of(const types::v1::Citation& citation) const {
  if (citation.digest() != digest_) return "";
  if (citation.slice_digest() != record::Digest(Slice(citation))) return "";
  for (size_t i = 0; i < ids_.size(); ++i) {
    if (spans_[i].start <= citation.start() && citation.end() <= spans_[i].end) return ids_[i];
  }
  return "";
}

std::string Sentences::LongestRun(const std::string& text) const {
  const std::u32string points = CodePoints(text);
  std::u32string_view best;
  for (size_t i = 0; i < points.size(); ++i) {
    for (size_t length = best.size() + 1; i + length <= points.size(); ++length) {
      const auto run = std::u32string_view(points).substr(i, length);
      if (text_.find(run) == std::u32string::npos) break;
      best = run;
    }
  }
  return Utf8(best);
}

}  // namespace chancery::brief
