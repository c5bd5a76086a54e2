#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/citations/find_citations.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/cited_sources.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/print/section_text.h"
#include "gateway/ctl/print/table.h"
#include "gateway/ctl/source/document.h"
#include "gateway/ctl/source/load.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = agreements::v1;
using gateway::FoundCitation;
using gateway::v1::SourceCoverage;
using types::v1::Citation;
using types::v1::Quotation;

// Code points of a text that are asked for at a time.
constexpr int32_t kPiece = 250'000;

// "sources/brief" of "brief".
std::string SourceName(const std::string& word) {
  return absl::StrContains(word, '/') ? word : absl::StrCat("sources/", word);
}

// The quotations of citations, in their order, at the moment that the flags ask for.
absl::StatusOr<std::vector<Quotation>> Resolve(const Invocation& in, const Client& client,
                                               const std::vector<Citation>& citations) {
  ASSIGN_OR_RETURN(const types::v1::AsOf known, in.KnownAt());
  return ResolveCitations(client, citations, known);
}

template <typename Spanned>
std::string SpanOf(const Spanned& spanned) {
  Citation citation;
  citation.set_start(spanned.start());
  citation.set_end(spanned.end());
  return SpanText(citation);
}

// ---- load

absl::StatusOr<std::string> BytesOf(Invocation& in, const std::string& flag,
                                    const std::string& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(in.streams().in), {});
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return UsageError(flag, file, absl::StrCat(file, " can not be read"));
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::string MismatchText(const SourceCoverage& coverage) {
  std::string text;
  for (const auto& one : coverage.mismatches()) {
    absl::StrAppend(&text, one.record(), " ", one.field(), ": MISMATCH: ", one.rule(), "\n");
  }
  return text;
}

std::string Summary(const SourceCoverage& coverage) {
  return absl::StrCat(
      CountText(coverage.record_count()), " records cite it ", CountText(coverage.citation_count()),
      " times: ", CountText(coverage.verified_count()), " verified, ",
      CountText(coverage.mismatch_count()), " mismatched, ", CountText(coverage.not_loaded_count()),
      " without a text\n", CountText(coverage.segment_count()), " segments, ",
      CountText(coverage.uncited_count()), " of them not cited\n");
}

absl::StatusOr<Exit> RunLoad(Invocation& in) {
  const std::string source = SourceName(in.arguments()[0]);
  ASSIGN_OR_RETURN(std::string bytes, BytesOf(in, "FILE", in.arguments()[1]));
  ASSIGN_OR_RETURN(const Document document, MakeDocument(std::move(bytes)));
  std::vector<v1::Segment> segments;
  if (in.Has("--segments")) {
    const std::string file = in.Text("--segments");
    std::ifstream stream(file);
    if (!stream) return UsageError("--segments", file, absl::StrCat(file, " can not be read"));
    ASSIGN_OR_RETURN(segments, ReadSegments(stream, document, source));
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  LoadOptions options;
  options.note = in.Text("--note");
  options.progress = [&in](int done, int total) {
    in.output().ShowProgress(absl::StrCat(done, " of ", total, " chunks and segments"));
  };
  ASSIGN_OR_RETURN(const SourceCoverage coverage,
                   LoadDocument(*client, source, document, segments, options));
  in.output().ShowProgress("");
  in.output().ShowMissing(
      absl::StrCat(MismatchText(coverage), UnreachableText(coverage.unreachable())));
  in.output().Show(coverage, absl::StrCat(source, " is loaded: ", document.code_points,
                                          " code points\n", Summary(coverage)));
  return coverage.unreachable().empty() ? Exit::kDone : Exit::kPartial;
}

// ---- text

absl::StatusOr<v1::Source> GetSource(const Invocation& in, const Client& client,
                                     const std::string& name) {
  v1::GetSourceRequest request;
  request.set_name(name);
  RETURN_IF_ERROR(in.SetAsOf(request));
  v1::Source source;
  RETURN_IF_ERROR(client.Call(AgreementsMethod("GetSource"), request, source));
  return source;
}

absl::StatusOr<Exit> RunText(Invocation& in) {
  const std::string name = SourceName(in.arguments()[0]);
  constexpr int64_t kMost = 1 << 30;
  ASSIGN_OR_RETURN(const int64_t start, in.Number("--start", kMost));
  int64_t end_asked = 0;
  if (in.Has("--end")) {
    ASSIGN_OR_RETURN(end_asked, in.Number("--end", kMost));
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(const v1::Source source, GetSource(in, *client, name));
  const auto end = in.Has("--end") ? static_cast<int32_t>(end_asked) : source.code_points();
  Quotation whole;
  whole.set_verification(Quotation::TEXT_NOT_LOADED);
  for (auto at = static_cast<int32_t>(start); at < end; at += kPiece) {
    Citation citation;
    citation.set_source(name);
    citation.set_digest(source.digest());
    citation.set_start(at);
    citation.set_end(std::min(end, at + kPiece));
    ASSIGN_OR_RETURN(const std::vector<Quotation> piece, Resolve(in, *client, {citation}));
    whole.set_verification(piece[0].verification());
    whole.set_rule(piece[0].rule());
    if (piece[0].verification() != Quotation::VERIFIED) break;
    if (at == start) whole.set_start_byte(piece[0].start_byte());
    whole.set_end_byte(piece[0].end_byte());
    whole.mutable_text()->append(piece[0].text());
  }
  const bool verified = whole.verification() == Quotation::VERIFIED;
  if (!verified) {
    whole.clear_text();
    in.output().ShowMissing(absl::StrCat(name, ": ", WordsOf(whole), "\n"));
  }
  in.output().Show(whole, whole.text());
  return verified ? Exit::kDone : Exit::kNone;
}

// ---- segments

absl::StatusOr<Exit> RunSegments(Invocation& in) {
  const std::string source = SourceName(in.arguments()[0]);
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  RETURN_IF_ERROR(GetSource(in, *client, source).status());
  v1::ListSegmentsRequest request;
  request.set_filter(absl::StrCat("source = \"", source, "\""));
  RETURN_IF_ERROR(in.SetPage(request));
  RETURN_IF_ERROR(in.SetAsOf(request));
  v1::ListSegmentsResponse page;
  RETURN_IF_ERROR(client->Call(AgreementsMethod("ListSegments"), request, page));
  std::vector<Citation> citations;
  for (const v1::Segment& segment : page.segments()) {
    Citation& citation = citations.emplace_back();
    citation.set_source(segment.source());
    citation.set_digest(segment.digest());
    citation.set_start(segment.start());
    citation.set_end(segment.end());
  }
  ASSIGN_OR_RETURN(const std::vector<Quotation> quotations, Resolve(in, *client, citations));
  Table table{{"segment", "paragraph", "span", "text"}, {}};
  std::vector<std::string> json;
  for (int i = 0; i < page.segments_size(); ++i) {
    const v1::Segment& segment = page.segments(i);
    table.rows.push_back({segment.name(), absl::StrCat(segment.paragraph()), SpanOf(segment),
                          WordsOf(quotations[i])});
    json.push_back(
        JsonObject({{"segment", ToJson(segment)}, {"quotation", ToJson(quotations[i])}}));
  }
  in.output().ShowList(json, table);
  in.output().ShowNextPage(page.segments_size(), page.next_page_token());
  return json.empty() ? Exit::kNone : Exit::kDone;
}

// ---- quote

absl::StatusOr<Exit> RunQuote(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  std::vector<std::pair<std::string, std::string>> places;
  std::vector<Citation> citations;
  for (const std::string& name : in.arguments()) {
    ASSIGN_OR_RETURN(const Kind* kind, KindOfName(name));
    const MessagePtr request = NewMessage(kind->get->input_type());
    SetText(*request, "name", name);
    RETURN_IF_ERROR(in.SetAsOf(*request));
    const MessagePtr record = NewMessage(kind->message);
    RETURN_IF_ERROR(client->Call(*kind->get, *request, *record));
    for (const FoundCitation& found : gateway::FindCitations(*record)) {
      places.emplace_back(name, found.field);
      citations.push_back(*found.citation);
    }
  }
  ASSIGN_OR_RETURN(const std::vector<Quotation> quotations, Resolve(in, *client, citations));
  Table table{{"record", "citation", "supports", "source", "span", "quotation"}, {}};
  std::vector<std::string> json;
  for (size_t i = 0; i < citations.size(); ++i) {
    const Citation& citation = citations[i];
    table.rows.push_back({places[i].first, places[i].second,
                          absl::StrJoin(citation.elements(), ", "), citation.source(),
                          SpanText(citation), WordsOf(quotations[i])});
    json.push_back(JsonObject({{"record", JsonString(places[i].first)},
                               {"field", JsonString(places[i].second)},
                               {"citation", ToJson(citation)},
                               {"quotation", ToJson(quotations[i])}}));
  }
  in.output().ShowList(json, table);
  return json.empty() ? Exit::kNone : Exit::kDone;
}

// ---- coverage

absl::StatusOr<Exit> RunCoverage(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  gateway::v1::GetSourceCoverageRequest request;
  request.set_source(SourceName(in.arguments()[0]));
  request.set_uncited_only(in.Has("--uncited"));
  request.set_citing_records(in.Has("--records"));
  RETURN_IF_ERROR(in.SetPage(request));
  RETURN_IF_ERROR(in.SetAsOf(request));
  SourceCoverage coverage;
  RETURN_IF_ERROR(client->Call(GatewayMethod("GetSourceCoverage"), request, coverage));
  Table table{{"segment", "span", "citations"}, {}};
  if (in.Has("--records")) table.columns.emplace_back("records");
  for (const auto& row : coverage.segments()) {
    auto& cells = table.rows.emplace_back(
        std::vector<std::string>{row.segment(), SpanOf(row), absl::StrCat(row.citations())});
    if (in.Has("--records")) cells.push_back(absl::StrJoin(row.records(), ", "));
  }
  in.output().ShowMissing(absl::StrCat(Summary(coverage), MismatchText(coverage),
                                       UnreachableText(coverage.unreachable())));
  in.output().Show(coverage, table);
  if (!coverage.next_page_token().empty()) {
    in.output().ShowNextPage(coverage.segments_size(), coverage.next_page_token());
  }
  if (!coverage.unreachable().empty()) return Exit::kPartial;
  return coverage.segments().empty() ? Exit::kNone : Exit::kDone;
}

}  // namespace

Commands SourceCommands() {
  const Argument source = {"SOURCE", "a source, as founding-brief or sources/founding-brief"};
  return {
      {.name = "source load",
       .summary = "Load a source's text, and verify all that cites it.",
       .arguments = {source,
                     {"FILE", "the document, as its digest was taken; - is standard input"}},
       .flags = {{.name = "--segments",
                  .value = "FILE",
                  .summary = "Also load its sentences: tab-separated, with the columns id, "
                             "start_byte, end_byte, and if known paragraph and text."},
                 {.name = "--note",
                  .value = "TEXT",
                  .summary = "Why, for those who read the history."}},
       .access = Access::kWrite,
       .example = "chancery source load founding-brief brief.txt --segments sentences.tsv",
       .run = RunLoad},
      {.name = "source text",
       .summary = "Show a source's text, or a span of it.",
       .arguments = {source},
       .flags = Joined(
           {{.name = "--start", .value = "N", .summary = "The first code point.", .fallback = "0"},
            {.name = "--end",
             .value = "N",
             .summary = "One past the last code point; without it the end."}},
           KnownAtFlags()),
       .example = "chancery source text founding-brief --start 0 --end 106",
       .run = RunText},
      {.name = "source segments",
       .summary = "List the sentences of a source.",
       .arguments = {source},
       .flags = Joined(PageFlags(), KnownAtFlags()),
       .example = "chancery source segments founding-brief",
       .run = RunSegments},
      {.name = "source quote",
       .summary = "Show the words that records cite.",
       .arguments = {{"NAME", "names like people/noda", false, true}},
       .flags = KnownAtFlags(),
       .example = "chancery source quote events/2012-06-18-los-cabos",
       .run = RunQuote},
      {.name = "source coverage",
       .summary = "Show which sentences of a source are cited, and which citations are wrong.",
       .arguments = {source},
       .flags = Joined({{.name = "--uncited", .summary = "Only sentences that nothing cites."},
                        {.name = "--records", .summary = "Also which records cite each."}},
                       Joined(PageFlags(), KnownAtFlags())),
       .example = "chancery source coverage founding-brief --records",
       .run = RunCoverage},
  };
}

}  // namespace chancery::ctl
