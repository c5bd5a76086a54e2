#ifndef CHANCERY_GATEWAY_CTL_PRINT_CITATION_NUMBERS_H_
#define CHANCERY_GATEWAY_CTL_PRINT_CITATION_NUMBERS_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/quotation.pb.h"
#include "gateway/ctl/print/page.h"
#include "google/protobuf/message.h"

namespace chancery::ctl {

// Numbers for what a printed answer cites, in the order in which it is first cited. Citations of
// one span of one version of a source have one number, however many there are. Not thread-safe.
class CitationNumbers {
 public:
  // What a number stands for.
  struct Span {
    // The first citation of the span.
    types::v1::Citation citation;
    // How its citations rest on it: of all of them, EXPLICIT where nothing is said.
    std::set<types::v1::Basis> bases;
  };

  // "[1] [4]": the numbers of all that a message cites, its elements and accounts included, each
  // once. Empty if it cites nothing.
  std::string Of(const google::protobuf::Message& message);

  // "[1] [4] · events/e": the line that ends a record's entry; "no citation" in place of numbers
  // says that there is none.
  std::string LineOf(const google::protobuf::Message& record, absl::string_view name);

  // By number, from 1.
  const std::vector<Span>& spans() const { return spans_; }

 private:
  size_t NumberOf(const types::v1::Citation& citation);

  std::vector<Span> spans_;
  std::map<std::tuple<std::string, std::string, int, int>, size_t> numbers_;
};

// What has been found out about the sources of an answer.
struct CitedSources {
  // By the source's name; those that have none here are shown by their names.
  std::map<std::string, std::string> titles;
  // Whether the words are wanted. Then there is one for each span, or `quotations_missing` says why
  // there are none.
  bool with_quotations = false;
  std::vector<types::v1::Quotation> quotations;
  std::string quotations_missing;
};

// "120-180"; empty for a citation of a source as a whole.
std::string SpanText(const types::v1::Citation& citation);

// The words of a quotation; "TEXT_NOT_LOADED", or "MISMATCH" and the rule that is broken, if there
// are none.
std::string WordsOf(const types::v1::Quotation& quotation);

// The last section of an answer: what its numbers stand for, a line each, and the words if they are
// wanted. Nothing if nothing is cited.
std::string SourcesText(const CitationNumbers& numbers, const CitedSources& sources,
                        Setting setting);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_CITATION_NUMBERS_H_
