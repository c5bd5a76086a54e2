#include "services/agreements/resolve_citations.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/segment.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/segment_spec.h"
#include "services/agreements/source_text.h"
#include "services/resource/annotations.h"
#include "storage/key_codec.h"
#include "storage/read_view.h"
#include "storage/store.h"

namespace chancery::agreements {
namespace {

using serving::Call;
using storage::KeyWriter;
using storage::ReadView;
using types::v1::Citation;
using types::v1::Quotation;

constexpr int kMaxCitations = 500;
// Below gRPC's limit, with room for framing.
constexpr size_t kMaxReplyBytes = (4 << 20) - (64 << 10);
// Segments of other versions that may lie between a span and the segment that it begins in.
constexpr int kMaxStepsBack = 64;

absl::Status CheckRequest(v1::ResolveCitationsRequest& request) {
  if (request.citations().empty()) {
    return errors::Error(types::v1::REQUIRED_FIELD_MISSING, "citations is required",
                         {{"field", "citations"}});
  }
  if (request.citations_size() > kMaxCitations) {
    return errors::Error(types::v1::BATCH_TOO_LARGE,
                         absl::StrCat("citations: at most ", kMaxCitations),
                         {{"field", "citations"},
                          {"count", absl::StrCat(request.citations_size())},
                          {"limit", absl::StrCat(kMaxCitations)}});
  }
  if (!request.as_of().valid_at().empty()) {
    return errors::Error(types::v1::VALID_AT_INVALID,
                         "as_of.valid_at: texts do not depend on a day in the world",
                         {{"field", "as_of.valid_at"}, {"value", request.as_of().valid_at()}});
  }
  return resource::Prepare(*request.mutable_as_of());
}

absl::StatusOr<v1::Segment> ReadSegment(const ReadView& view, absl::string_view name) {
  v1::Segment segment;
  ASSIGN_OR_RETURN(const auto version, view.Get(*SegmentSpec().table, name));
  if (version.has_value()) RETURN_IF_ERROR(version->ParseTo(segment));
  segment.set_name(std::string(name));
  return segment;
}

// The key of the segment of this version that a code point lies in, or the last one before it; that
// of the first segment if there is none.
absl::StatusOr<std::string> FirstKey(const ReadView& view, const std::string& source,
                                     const std::string& digest, int32_t code_point) {
  const std::string all = KeyWriter().Text(source).key();
  const auto cursor =
      view.ScanIndex(*SegmentSpec().table, SegmentsByStart(),
                     {all, KeyWriter().Text(source).I32(code_point + 1).key(), /*reverse=*/true});
  for (int steps = 0; cursor->Valid() && steps < kMaxStepsBack; ++steps, cursor->Next()) {
    ASSIGN_OR_RETURN(const v1::Segment segment, ReadSegment(view, cursor->name()));
    if (segment.digest() == digest) return std::string(cursor->key());
  }
  RETURN_IF_ERROR(cursor->status());
  return cursor->Valid() ? KeyWriter().Text(source).I32(code_point).key() : all;
}

absl::Status AddSegments(const ReadView& view, const Citation& citation, const std::string& digest,
                         Quotation& quotation) {
  if (citation.start() < 0 || citation.end() <= citation.start()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string from, FirstKey(view, citation.source(), digest, citation.start()));
  const auto cursor = view.ScanIndex(
      *SegmentSpec().table, SegmentsByStart(),
      {std::move(from), KeyWriter().Text(citation.source()).I32(citation.end()).key()});
  for (; cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(const v1::Segment segment, ReadSegment(view, cursor->name()));
    if (segment.digest() == digest && segment.end() > citation.start()) {
      quotation.add_segments(segment.name());
    }
  }
  return cursor->status();
}

absl::StatusOr<v1::ResolveCitationsResponse> ResolveAt(const v1::ResolveCitationsRequest& request,
                                                       const ReadView& view, bool with_segments,
                                                       const Call& call) {
  SourceTexts texts(ReaderOf(view));
  v1::ResolveCitationsResponse response;
  size_t bytes = 0;
  for (const Citation& citation : request.citations()) {
    if (call.cancelled()) break;
    ASSIGN_OR_RETURN(Quotation quotation, texts.Resolve(citation));
    ASSIGN_OR_RETURN(const v1::Source* source, texts.SourceCalled(citation.source()));
    const std::string& digest = citation.digest().empty() ? source->digest() : citation.digest();
    if (request.verification_only()) quotation.clear_text();
    if (with_segments && !request.verification_only()) {
      RETURN_IF_ERROR(AddSegments(view, citation, digest, quotation));
    }
    bytes += quotation.ByteSizeLong() + 8;
    if (bytes > kMaxReplyBytes) {
      const int fits = response.quotations_size();
      return errors::Error(types::v1::RESPONSE_TOO_LARGE,
                           absl::StrCat("the answer is too large; ", fits, " of the citations fit"),
                           {{"fits", absl::StrCat(fits)}});
    }
    *response.add_quotations() = std::move(quotation);
  }
  return response;
}

}  // namespace

void AnswerResolveCitations(const resource::Context& context, v1::ResolveCitationsRequest request,
                            Call call) {
  if (absl::Status status = CheckRequest(request); !status.ok()) {
    return std::move(call).Finish(status);
  }
  const auto kept = std::make_shared<const v1::ResolveCitationsRequest>(std::move(request));
  context.Read(kept->as_of(), std::move(call), [&context, kept](const ReadView& view, Call on) {
    context.Run(std::move(on), [&context, kept, view](Call running) {
      const bool with_segments =
          context.store().IndexComplete(*SegmentSpec().table, SegmentsByStart(), view);
      const auto response = ResolveAt(*kept, view, with_segments, running);
      if (!response.ok()) return std::move(running).Finish(response.status());
      std::move(running).Finish(*response);
    });
  });
}

}  // namespace chancery::agreements
