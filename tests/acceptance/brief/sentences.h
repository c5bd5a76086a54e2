#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_SENTENCES_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_SENTENCES_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "chancery/types/v1/citation.pb.h"

namespace chancery::brief {

// The document and its sentences.
class Sentences {
 public:
  // `folder` has brief.txt and sentences.tsv.
  static absl::StatusOr<Sentences> Read(const std::string& folder);

  const std::vector<std::string>& ids() const { return ids_; }

  // The sentence in which a citation's span lies; "" if it lies in none, or its digests are wrong.
  std::string Of(const types::v1::Citation& citation) const;

  // The words of a citation's span; from the file, or as `quote` gives them.
  std::string Slice(const types::v1::Citation& citation) const;
  using Quote = std::function<std::string(const types::v1::Citation&)>;
  void QuoteBy(Quote quote) { quote_ = std::move(quote); }

  // The longest part of `text` that stands in the document as it is.
  std::string LongestRun(const std::string& text) const;

 private:
  struct Span {
    int start;  // code points
    int end;
  };

  Quote quote_;
  std::u32string text_;
  std::string digest_;
  std::vector<std::string> ids_;
  std::vector<Span> spans_;
};

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_SENTENCES_H_
