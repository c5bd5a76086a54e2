#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "gateway/dossier/coverage.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/reading.h"
#include "gateway/rpc/requests.h"
#include "gateway/rpc/verification.h"
#include "gateway/upstream/round.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::ListSegmentsResponse;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using types::v1::Count;
using types::v1::Quotation;
using upstream::Answer;
using upstream::Round;
using v1::GetSourceCoverageRequest;

constexpr int kMaxMismatches = 500;
// Records of one list that are looked at in one round: what is in memory at a time.
constexpr int kRecordsAtATime = 100;

std::unique_ptr<Message> New(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

void SetText(Message& message, const char* field, const std::string& value) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(field),
                                     value);
}

std::string TextOf(const Message& message, const char* field) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

// The records of one kind that cite the source, page by page.
struct CitingList {
  const Collection* collection;
  std::unique_ptr<Message> page;
  absl::Status status;
  std::string token;
  std::string page_token;
  bool ended = false;
};

// The citations of one round, and what the agreements service says of them.
struct Verifying {
  // Record and place of each, in the order of the questions.
  std::vector<std::pair<std::string, std::string>> citations;
  std::vector<std::unique_ptr<Verification>> questions;
};

// Rounds: the source and its segments; then, until all lists have ended, a page of the records of
// each kind that cite it, together with the verification of the citations of the round before.
class CoverageReader : public std::enable_shared_from_this<CoverageReader> {
 public:
  CoverageReader(std::shared_ptr<Reading> reading, GetSourceCoverageRequest request, size_t limit,
                 size_t start)
      : reading_(std::move(reading)), request_(std::move(request)), limit_(limit), start_(start) {}

  void AskForSource();

 private:
  void TakeSource();
  void AskForSegments();
  void TakeSegments();
  void AskForRecords();
  void TakeRecords();
  void Take(CitingList& list, std::vector<FoundCitation>& citations, Verifying& next);
  void TakeVerifications();
  void Finish();
  Count CountOf(int64_t value, Count::Comparator partial) const;

  upstream::Backend& agreements() { return reading_->environment().backends.agreements(); }

  const std::shared_ptr<Reading> reading_;
  const GetSourceCoverageRequest request_;
  const size_t limit_;
  const size_t start_;
  Answer<agreements::v1::Source> source_;
  Answer<ListSegmentsResponse> segments_;
  std::string segments_token_;
  std::unique_ptr<dossier::Coverage> coverage_;
  std::deque<CitingList> lists_;
  Verifying verifying_;
  bool partial_ = false;
  int64_t records_ = 0;
  int64_t citations_ = 0;
  int64_t verified_ = 0;
  int64_t not_loaded_ = 0;
  int64_t mismatched_ = 0;
  v1::SourceCoverage reply_;
};

void CoverageReader::AskForSource() {
  Round round([self = shared_from_this()] { self->TakeSource(); });
  agreements::v1::GetSourceRequest get;
  get.set_name(request_.source());
  *get.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(agreements(), "GetSource", get, reading_->Options(), &source_);
  std::move(round).Close();
}

void CoverageReader::TakeSource() {
  const absl::Status& status = source_.reply.status();
  if (errors::HasReason(status, types::v1::RESOURCE_NOT_FOUND)) return reading_->Fail(status);
  partial_ = !reading_->Take(agreements(), kSegments, status, source_.token);
  coverage_ = std::make_unique<dossier::Coverage>(partial_ ? "" : source_.reply->digest());
  for (const Collection* collection : reading_->environment().collections.Citing()) {
    lists_.emplace_back().collection = collection;
  }
  if (partial_) return AskForRecords();
  AskForSegments();
}

void CoverageReader::AskForSegments() {
  Round round([self = shared_from_this()] { self->TakeSegments(); });
  agreements::v1::ListSegmentsRequest list;
  list.set_filter(absl::StrCat("source = \"", request_.source(), "\""));
  list.set_page_size(kMaxPageSize);
  list.set_page_token(segments_token_);
  *list.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(agreements(), "ListSegments", list, reading_->Options(), &segments_);
  std::move(round).Close();
}

void CoverageReader::TakeSegments() {
  if (!reading_->Take(agreements(), kSegments, segments_.reply.status(), segments_.token)) {
    partial_ = true;
    return AskForRecords();
  }
  for (const auto& segment : segments_.reply->segments()) coverage_->AddSegment(segment);
  segments_token_ = segments_.reply->next_page_token();
  if (!segments_token_.empty()) return AskForSegments();
  if (request_.citing_records()) {
    const size_t last = request_.uncited_only() ? start_ : start_ + limit_;
    coverage_->KeepRecords(start_, last);
  }
  AskForRecords();
}

void CoverageReader::AskForRecords() {
  bool any = !verifying_.questions.empty();
  Round round([self = shared_from_this()] { self->TakeRecords(); });
  const upstream::CallOptions options = reading_->Options();
  for (CitingList& list : lists_) {
    upstream::Backend& owner = *list.collection->owner;
    if (!list.ended && !reading_->CanAsk(owner)) {
      reading_->Lacks(owner, kCitations);
      partial_ = list.ended = true;
    }
    if (list.ended) continue;
    any = true;
    const auto request = New(list.collection->list->input_type());
    SetText(*request, "filter", absl::StrCat("cites = \"", request_.source(), "\""));
    SetText(*request, "page_token", list.page_token);
    const auto* type = request->GetDescriptor();
    request->GetReflection()->SetInt32(request.get(), type->FindFieldByName("page_size"),
                                       kRecordsAtATime);
    request->GetReflection()
        ->MutableMessage(request.get(), type->FindFieldByName("as_of"))
        ->CopyFrom(reading_->moment().ForServices());
    list.page = New(list.collection->list->output_type());
    round.AskInto(owner, list.collection->list->name(), *request, options, list.page.get(),
                  [&list](absl::Status status, std::string token) {
                    list.status = std::move(status);
                    list.token = std::move(token);
                  });
  }
  AskAll(verifying_.questions, agreements(), options, round);
  if (any) return std::move(round).Close();
  Finish();
}

void CoverageReader::TakeRecords() {
  TakeVerifications();
  std::vector<FoundCitation> citations;
  Verifying next;
  for (CitingList& list : lists_) {
    if (!list.ended) Take(list, citations, next);
  }
  if (reading_->CanAsk(agreements())) {
    next.questions = MakeVerifications(citations, reading_->moment().ForServices());
  }
  verifying_ = std::move(next);
  AskForRecords();
}

void CoverageReader::Take(CitingList& list, std::vector<FoundCitation>& citations,
                          Verifying& next) {
  if (!reading_->Take(*list.collection->owner, kCitations, list.status, list.token)) {
    partial_ = list.ended = true;
    return;
  }
  const auto* field = list.page->GetDescriptor()->FindFieldByNumber(1);
  const auto* reflection = list.page->GetReflection();
  for (int i = 0; i < reflection->FieldSize(*list.page, field); ++i) {
    const Message& record = reflection->GetRepeatedMessage(*list.page, field, i);
    const std::string name = TextOf(record, "name");
    ++records_;
    for (FoundCitation& found : FindCitations(record)) {
      if (found.citation->source() != request_.source()) continue;
      ++citations_;
      coverage_->AddCitation(name, *found.citation);
      next.citations.emplace_back(name, found.field);
      citations.push_back(std::move(found));
    }
  }
  list.page_token = TextOf(*list.page, "next_page_token");
  list.ended = list.page_token.empty();
}

void CoverageReader::TakeVerifications() {
  size_t place = 0;
  for (const auto& question : verifying_.questions) {
    if (!reading_->Take(agreements(), kCitations, question->status, question->token)) {
      partial_ = true;
      return;
    }
    for (const Quotation& quotation : question->reply.quotations()) {
      const auto& [record, field] = verifying_.citations[place++];
      if (quotation.verification() == Quotation::VERIFIED) ++verified_;
      if (quotation.verification() == Quotation::TEXT_NOT_LOADED) ++not_loaded_;
      if (quotation.verification() != Quotation::MISMATCH) continue;
      if (++mismatched_ > kMaxMismatches) continue;
      v1::MismatchedCitation& row = *reply_.add_mismatches();
      row.set_record(record);
      row.set_field(field);
      row.set_rule(quotation.rule());
    }
  }
}

Count CoverageReader::CountOf(int64_t value, Count::Comparator partial) const {
  Count count;
  count.set_value(value);
  count.set_comparator(partial_ ? partial : Count::EQ);
  return count;
}

void CoverageReader::Finish() {
  size_t next = 0;
  for (v1::SegmentCoverage& row : coverage_->Shown(start_, limit_, request_.uncited_only(), next)) {
    *reply_.add_segments() = std::move(row);
  }
  if (next != 0) {
    v1::ListPlace place;
    place.set_skip(static_cast<int>(next));
    reply_.set_next_page_token(NextPageToken(request_, reading_->moment(), {place}));
  }
  *reply_.mutable_segment_count() = CountOf(static_cast<int64_t>(coverage_->size()), Count::GE);
  *reply_.mutable_uncited_count() = CountOf(coverage_->uncited(), Count::VAGUE);
  *reply_.mutable_record_count() = CountOf(records_, Count::GE);
  *reply_.mutable_citation_count() = CountOf(citations_, Count::GE);
  *reply_.mutable_verified_count() = CountOf(verified_, Count::GE);
  *reply_.mutable_not_loaded_count() = CountOf(not_loaded_, Count::GE);
  *reply_.mutable_mismatch_count() = CountOf(mismatched_, Count::GE);
  reading_->Finish(std::move(reply_));
}

}  // namespace

void GetSourceCoverage(const Environment& environment, GetSourceCoverageRequest request,
                       serving::Call call) {
  absl::Status source = CheckName("source", request.source(), "sources");
  if (!source.ok()) return std::move(call).Finish(source);
  const absl::StatusOr<size_t> limit = PageSize(request.page_size());
  if (!limit.ok()) return std::move(call).Finish(limit.status());
  absl::StatusOr<PageStart> start = StartOf(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  const size_t first = start->places.empty() ? 0 : start->places[0].skip();
  auto reading = std::make_shared<Reading>(environment, std::move(call), start->moment);
  std::make_shared<CoverageReader>(reading, std::move(request), *limit, first)->AskForSource();
}

}  // namespace chancery::gateway::rpc
