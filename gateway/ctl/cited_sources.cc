#include "gateway/ctl/cited_sources.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = agreements::v1;

// What one call takes.
constexpr size_t kMaxCitations = 500;
constexpr size_t kMaxNames = 100;

absl::StatusOr<std::map<std::string, std::string>> TitlesOf(const Client& client,
                                                            const std::set<std::string>& names,
                                                            const types::v1::AsOf& as_of) {
  std::map<std::string, std::string> titles;
  auto next = names.begin();
  while (next != names.end()) {
    v1::BatchGetSourcesRequest request;
    *request.mutable_as_of() = as_of;
    for (; next != names.end() && request.names_size() < static_cast<int>(kMaxNames); ++next) {
      request.add_names(*next);
    }
    v1::BatchGetSourcesResponse reply;
    RETURN_IF_ERROR(client.Call(AgreementsMethod("BatchGetSources"), request, reply));
    for (const v1::Source& source : reply.sources()) {
      if (!source.title().empty()) titles[source.name()] = source.title();
    }
  }
  return titles;
}

std::string NotReached(const char* what, const absl::Status& status) {
  return absl::StrCat("not reached: ", what, ", ", errors::InfoOf(status).reason());
}

}  // namespace

std::vector<Flag> QuotationsFlag() {
  return {{.name = "--quotations",
           .summary = "Also the words that are cited, where the register has the text."}};
}

absl::StatusOr<std::vector<types::v1::Quotation>> ResolveCitations(
    const Client& client, const std::vector<types::v1::Citation>& citations,
    const types::v1::AsOf& as_of) {
  std::vector<types::v1::Quotation> quotations;
  for (size_t from = 0; from < citations.size(); from += kMaxCitations) {
    v1::ResolveCitationsRequest request;
    const size_t to = std::min(from + kMaxCitations, citations.size());
    request.mutable_citations()->Add(citations.begin() + static_cast<std::ptrdiff_t>(from),
                                     citations.begin() + static_cast<std::ptrdiff_t>(to));
    *request.mutable_as_of() = as_of;
    v1::ResolveCitationsResponse reply;
    RETURN_IF_ERROR(client.Call(AgreementsMethod("ResolveCitations"), request, reply));
    for (types::v1::Quotation& quotation : *reply.mutable_quotations()) {
      quotations.push_back(std::move(quotation));
    }
  }
  return quotations;
}

SourceList AskSources(Invocation& in, const Client& client, const types::v1::AsOf& as_of,
                      const CitationNumbers& numbers) {
  SourceList list;
  if (numbers.spans().empty()) return list;
  types::v1::AsOf moment = as_of;
  moment.clear_valid_at();
  std::set<std::string> names;
  std::vector<types::v1::Citation> citations;
  for (const CitationNumbers::Span& span : numbers.spans()) {
    names.insert(span.citation.source());
    citations.push_back(span.citation);
  }
  CitedSources sources;
  std::string missing;
  auto titles = TitlesOf(client, names, moment);
  if (titles.ok()) {
    sources.titles = *std::move(titles);
  } else {
    missing = NotReached("titles of sources", titles.status());
  }
  sources.with_quotations = in.Has("--quotations");
  if (sources.with_quotations) {
    auto quotations = ResolveCitations(client, citations, moment);
    if (quotations.ok()) {
      sources.quotations = *std::move(quotations);
    } else {
      sources.quotations_missing = NotReached("the words", quotations.status());
    }
  }
  list.complete = missing.empty() && sources.quotations_missing.empty();
  const Setting setting = {in.output().width(), in.output().color()};
  list.text = SourcesText(numbers, sources, setting);
  if (!missing.empty()) {
    Page page(setting);
    page.Line(missing, 0);
    list.text += page.Finish();
  }
  return list;
}

}  // namespace chancery::ctl
