#ifndef CHANCERY_GATEWAY_CTL_CITED_SOURCES_H_
#define CHANCERY_GATEWAY_CTL_CITED_SOURCES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/quotation.pb.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/exit_code.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/citation_numbers.h"

// What an answer cites, asked for when the answer is there.

namespace chancery::ctl {

// The flag of commands that end with their sources.
std::vector<Flag> QuotationsFlag();  // --quotations

// The quotations of citations, in their order, as of a moment.
absl::StatusOr<std::vector<types::v1::Quotation>> ResolveCitations(
    const Client& client, const std::vector<types::v1::Citation>& citations,
    const types::v1::AsOf& as_of);

// The list of sources that ends an answer, and whether it lacks anything. Titles, and with
// --quotations the words, are as of `as_of`, of which only the clock of the record counts; what can
// not be reached is named in the list.
struct SourceList {
  std::string text;
  bool complete = true;
};
SourceList AskSources(Invocation& in, const Client& client, const types::v1::AsOf& as_of,
                      const CitationNumbers& numbers);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CITED_SOURCES_H_
