#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chancery/types/v1/records_service.pb.h"
#include "gateway/records/json_record.h"
#include "gateway/records/open_references.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/records.h"
#include "gateway/rpc/references.h"
#include "gateway/rpc/tokens.h"
#include "gateway/rpc/verification.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::ImportOutcome;
using types::v1::IncomingRecord;
using types::v1::Origin;
using upstream::Backend;

constexpr int kMaxLines = 500;
constexpr size_t kMaxBytes = 2 << 20;

// A line that could be read.
struct Line {
  const Collection* collection = nullptr;
  std::string name;
  std::unique_ptr<google::protobuf::Message> record;
  bool own_origin = false;
  ImportOutcome* outcome = nullptr;
  absl::Status citations;  // what came of them
};

// A citation that is being verified.
struct Cited {
  size_t line;
  std::string field;
  std::string source;
};

void Refuse(ImportOutcome& outcome, const absl::Status& status) {
  outcome.mutable_error()->ParseFromString(errors::ToGrpc(status).error_details());
}

Origin& MutableOrigin(google::protobuf::Message& record) {
  const auto* field = record.GetDescriptor()->FindFieldByName("origin");
  return static_cast<Origin&>(*record.GetReflection()->MutableMessage(&record, field));
}

bool HasOrigin(const google::protobuf::Message& record) {
  return record.GetReflection()->HasField(record,
                                          record.GetDescriptor()->FindFieldByName("origin"));
}

void ClearOrigin(google::protobuf::Message& record) {
  record.GetReflection()->ClearField(&record, record.GetDescriptor()->FindFieldByName("origin"));
}

// An exported record says where it comes from, be it from nowhere: `"origin":{}`.
void SetOrigin(const v1::ImportLine& text, Line& line) {
  line.own_origin = HasOrigin(*line.record);
  Origin& origin = MutableOrigin(*line.record);
  if (!line.own_origin) {
    origin.set_dataset(text.dataset());
    origin.set_key(line.name);
    origin.set_line_digest(absl::StrCat("sha256:", Sha256Hex(text.text())));
  } else if (origin.ByteSizeLong() == 0) {
    ClearOrigin(*line.record);
  }
}

absl::Status CheckSize(const v1::ImportRecordsRequest& request) {
  const size_t bytes = request.ByteSizeLong();
  if (request.lines_size() > kMaxLines) {
    return errors::Error(
        types::v1::BATCH_TOO_LARGE, absl::StrCat("at most ", kMaxLines, " lines"),
        {{"count", absl::StrCat(request.lines_size())}, {"limit", absl::StrCat(kMaxLines)}});
  }
  if (bytes > kMaxBytes) {
    return errors::Error(types::v1::BATCH_TOO_LARGE, absl::StrCat("at most ", kMaxBytes, " bytes"),
                         {{"bytes", absl::StrCat(bytes)}, {"limit", absl::StrCat(kMaxBytes)}});
  }
  if (request.lines().empty()) {
    return errors::Error(types::v1::REQUIRED_FIELD_MISSING, "lines is required",
                         {{"field", "lines"}});
  }
  return absl::OkStatus();
}

// One call: reads the lines, asks the owners of what they refer to and cite, and hands them on.
class Import : public std::enable_shared_from_this<Import> {
 public:
  Import(const Environment& environment, v1::ImportRecordsRequest request, serving::Call call)
      : environment_(environment),
        request_(std::move(request)),
        options_(OptionsFor(environment, call)),
        call_(std::move(call)) {
    for (const std::string& name : request_.absent()) absent_.insert(name);
  }

  void Start() {
    lines_.reserve(request_.lines_size());
    reply_.mutable_outcomes()->Reserve(request_.lines_size());
    for (const v1::ImportLine& text : request_.lines()) {
      ImportOutcome& outcome = *reply_.add_outcomes();
      absl::Status status = Read(text, outcome);
      if (!status.ok()) Refuse(outcome, status);
    }
    AskOwners();
  }

 private:
  absl::Status Read(const v1::ImportLine& text, ImportOutcome& outcome) {
    Line line;
    ASSIGN_OR_RETURN(line.name, records::NameOf(text.text()));
    outcome.set_name(line.name);
    ASSIGN_OR_RETURN(line.collection, CollectionNamed(environment_.collections, line.name));
    line.record = NewRecord(*line.collection);
    RETURN_IF_ERROR(records::ReadJson(text.text(), *line.record));
    const auto* name = line.record->GetDescriptor()->FindFieldByName("name");
    line.name = line.record->GetReflection()->GetString(*line.record, name);
    SetOrigin(text, line);
    line.outcome = &outcome;
    lines_.push_back(std::move(line));
    return absl::OkStatus();
  }

  // Whom the gateway asks: the owners of other services' records; a service knows its own. Where
  // something may be left out, everything is looked for.
  bool IsAsked(const Reference& reference, const Line& line) const {
    const Collection* collection = environment_.collections.Of(reference.name);
    if (collection == nullptr) return false;
    if (reference.type != "*" && reference.type != collection->type) return false;
    return collection->owner != line.collection->owner || absent_.count(reference.name) > 0;
  }

  void AskOwners() {
    upstream::Round round([self = shared_from_this()] { self->Take(); });
    FindMissing(round);
    VerifyCitations(round);
    std::move(round).Close();
  }

  void FindMissing(upstream::Round& round) {
    std::map<Backend*, std::set<std::string>> names;
    for (const Line& line : lines_) {
      for (const Reference& reference : FindReferences(*line.record)) {
        if (!IsAsked(reference, line)) continue;
        names[environment_.collections.Of(reference.name)->owner].insert(reference.name);
      }
    }
    for (const auto& [owner, asked] : names) {
      types::v1::FindMissingRequest request;
      for (const std::string& name : asked) request.add_names(name);
      round.Ask(*owner, "chancery.types.v1.RecordsService/FindMissing", request, options_,
                &missing_[owner]);
    }
  }

  // Those of the other services' records; the agreements service sees to its own.
  void VerifyCitations(upstream::Round& round) {
    Backend& sources = environment_.backends.agreements();
    std::vector<FoundCitation> found;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].collection->owner == &sources) continue;
      for (FoundCitation& one : FindCitations(*lines_[i].record)) {
        cited_.push_back({i, one.field, one.citation->source()});
        found.push_back(std::move(one));
      }
    }
    verifications_ = MakeVerifications(found, {});
    AskAll(verifications_, sources, options_, round);
  }

  absl::Status TakeVerifications() {
    size_t next = 0;
    for (const auto& each : verifications_) {
      RETURN_IF_ERROR(each->status);
      for (const types::v1::Quotation& quotation : each->reply.quotations()) {
        const Cited& cited = cited_[next++];
        lines_[cited.line].citations.Update(VerdictOf(quotation, cited.field, cited.source));
      }
    }
    return absl::OkStatus();
  }

  void Take() {
    std::set<std::string> missing;
    for (const auto& [owner, answer] : missing_) {
      if (!answer.reply.ok()) return std::move(call_).Finish(answer.reply.status());
      missing.insert(answer.reply->names().begin(), answer.reply->names().end());
    }
    if (absl::Status status = TakeVerifications(); !status.ok()) {
      return std::move(call_).Finish(status);
    }
    std::map<Backend*, types::v1::TakeRecordsRequest> requests;
    for (Line& line : lines_) {
      absl::Status status = Settle(line, missing);
      if (!status.ok()) {
        Refuse(*line.outcome, status);
        continue;
      }
      Backend* const owner = line.collection->owner;
      IncomingRecord& incoming = *requests[owner].add_records();
      incoming.mutable_record()->set_name(line.name);
      line.record->SerializeToString(incoming.mutable_record()->mutable_record());
      incoming.set_own_origin(line.own_origin);
      sent_[owner].push_back(line.outcome);
      line.record.reset();
    }
    upstream::Round round([self = shared_from_this()] { self->Answer(); });
    for (auto& [owner, request] : requests) {
      *request.mutable_change_note() = request_.change_note();
      request.set_validate_only(request_.validate_only());
      round.Ask(*owner, "chancery.types.v1.RecordsService/TakeRecords", request, options_,
                &taken_[owner]);
    }
    std::move(round).Close();
  }

  // Leaves out what may be left out. CITATION_MISMATCH where the line cites other words,
  // REFERENCE_NOT_FOUND where something else is missing.
  absl::Status Settle(Line& line, const std::set<std::string>& missing) {
    RETURN_IF_ERROR(line.citations);
    if (missing.empty()) return absl::OkStatus();
    const bool is_part =
        !absent_.empty() && records::RemoveReferences(*line.record, [&](const std::string& name) {
          return missing.count(name) > 0 && absent_.count(name) > 0;
        });
    if (is_part) {
      // So that nobody takes the part for the whole line.
      Origin& origin = MutableOrigin(*line.record);
      origin.clear_line_digest();
      origin.clear_record_digest();
      line.own_origin = false;
    }
    for (const Reference& reference : FindReferences(*line.record)) {
      if (missing.count(reference.name) == 0 || !IsAsked(reference, line)) continue;
      return errors::Error(
          types::v1::REFERENCE_NOT_FOUND,
          absl::StrCat(reference.field, " refers to ", reference.value, ", which does not exist"),
          {{"field", reference.field}, {"value", reference.value}});
    }
    return absl::OkStatus();
  }

  void Answer() {
    for (auto& [owner, answer] : taken_) {
      if (!answer.reply.ok()) return std::move(call_).Finish(answer.reply.status());
      auto& outcomes = *answer.reply->mutable_outcomes();
      const std::vector<ImportOutcome*>& sent = sent_[owner];
      for (int i = 0; i < outcomes.size() && i < static_cast<int>(sent.size()); ++i) {
        sent[i]->Swap(&outcomes[i]);
      }
    }
    std::move(call_).Finish(reply_);
  }

  const Environment& environment_;
  const v1::ImportRecordsRequest request_;
  const upstream::CallOptions options_;
  serving::Call call_;
  std::set<std::string> absent_;
  std::vector<Line> lines_;
  v1::ImportRecordsResponse reply_;
  std::map<Backend*, upstream::Answer<types::v1::FindMissingResponse>> missing_;
  std::vector<std::unique_ptr<Verification>> verifications_;
  std::vector<Cited> cited_;  // in the order of the verifications
  std::map<Backend*, std::vector<ImportOutcome*>> sent_;
  std::map<Backend*, upstream::Answer<types::v1::TakeRecordsResponse>> taken_;
};

}  // namespace

void ImportRecords(const Environment& environment, v1::ImportRecordsRequest request,
                   serving::Call call) {
  if (absl::Status status = CheckSize(request); !status.ok()) {
    return std::move(call).Finish(status);
  }
  std::make_shared<Import>(environment, std::move(request), std::move(call))->Start();
}

}  // namespace chancery::gateway::rpc
