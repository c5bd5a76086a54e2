#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/rpc/history_lines.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/records.h"
#include "gateway/rpc/tokens.h"
#include "gateway/upstream/round.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::Change;
using types::v1::RestoreChangesRequest;
using types::v1::RestoreChangesResponse;

// What goes to one service.
struct Part {
  v1::ListPlace place;
  RestoreChangesRequest request;
  std::vector<int> first_lines;  // of the request's changes
  upstream::Answer<RestoreChangesResponse> answer;
};

absl::Status AtLine(const absl::Status& status, int line) {
  return errors::WithMetadata(status, "line_index", absl::StrCat(line));
}

// The continuation is bound to no request: each has other lines.
std::string Encode(const std::array<Part, 3>& parts) {
  v1::RegisterPageToken token;
  for (const Part& part : parts) *token.add_places() = part.place;
  return rpc::Encode(std::move(token), v1::RestoreHistoryRequest());
}

// One call.
class Restore : public std::enable_shared_from_this<Restore> {
 public:
  Restore(const Environment& environment, v1::RestoreHistoryRequest request, serving::Call call)
      : environment_(environment),
        request_(std::move(request)),
        options_(OptionsFor(environment, call)),
        call_(std::move(call)) {}

  void Start() {
    absl::Status status = ReadContinuation();
    if (status.ok()) status = ReadLines();
    if (!status.ok()) return std::move(call_).Finish(status);
    upstream::Round round([self = shared_from_this()] { self->Answer(); });
    const auto backends = environment_.backends.all();
    for (size_t i = 0; i < backends.size(); ++i) {
      Part& part = parts_[i];
      if (part.request.changes().empty()) continue;
      round.Ask(*backends[i], "chancery.types.v1.RecordsService/RestoreChanges", part.request,
                options_, &part.answer);
    }
    std::move(round).Close();
  }

 private:
  absl::Status ReadContinuation() {
    const auto backends = environment_.backends.all();
    v1::RegisterPageToken token;
    if (!request_.continuation().empty()) {
      auto decoded = DecodePageToken(request_.continuation(), v1::RestoreHistoryRequest());
      if (!decoded.ok()) {
        return errors::Error(types::v1::PAGE_TOKEN_INVALID,
                             "continuation: it was not made by a restore",
                             {{"field", "continuation"}});
      }
      token = *std::move(decoded);
    }
    for (size_t i = 0; i < backends.size(); ++i) {
      parts_[i].place.set_service(backends[i]->name());
      for (const v1::ListPlace& place : token.places()) {
        if (place.service() == backends[i]->name()) parts_[i].place = place;
      }
      parts_[i].request.set_after(parts_[i].place.changes());
    }
    return absl::OkStatus();
  }

  // Lines of one service with one commit time are one change. Whether the last one is whole shows
  // only with what comes after it.
  absl::Status ReadLines() {
    Part* current = nullptr;
    for (int i = 0; i < request_.lines_size(); ++i) {
      auto entry = ReadHistoryLine(environment_.collections, request_.lines(i));
      if (!entry.ok()) return AtLine(entry.status(), i);
      Part& part = PartOf(*entry->collection);
      const bool same_change = current == &part && IsSameChange(part, entry->change);
      if (same_change) {
        part.request.mutable_changes()->rbegin()->mutable_records()->MergeFrom(
            entry->change.records());
        continue;
      }
      current = &part;
      *part.request.add_changes() = std::move(entry->change);
      part.first_lines.push_back(i);
    }
    lines_taken_ = request_.lines_size();
    if (request_.end() || current == nullptr) return absl::OkStatus();
    lines_taken_ = current->first_lines.back();
    current->first_lines.pop_back();
    current->request.mutable_changes()->RemoveLast();
    return absl::OkStatus();
  }

  static bool IsSameChange(const Part& part, const Change& change) {
    return part.request.changes().rbegin()->commit_time() == change.commit_time();
  }

  Part& PartOf(const Collection& collection) {
    const auto backends = environment_.backends.all();
    const auto owner = std::find(backends.begin(), backends.end(), collection.owner);
    return parts_[owner - backends.begin()];
  }

  void Answer() {
    for (Part& part : parts_) {
      if (part.request.changes().empty()) continue;
      if (!part.answer.reply.ok()) return std::move(call_).Finish(ErrorOf(part));
      part.place.set_changes(part.place.changes() + part.request.changes_size());
    }
    v1::RestoreHistoryResponse reply;
    reply.set_lines_taken(lines_taken_);
    reply.set_continuation(Encode(parts_));
    std::move(call_).Finish(reply);
  }

  static absl::Status ErrorOf(const Part& part) {
    const absl::Status& status = part.answer.reply.status();
    const auto info = errors::InfoOf(status);
    const auto change = info.metadata().find("change");
    size_t index = 0;
    if (change == info.metadata().end() || !absl::SimpleAtoi(change->second, &index) ||
        index >= part.first_lines.size()) {
      return status;
    }
    return AtLine(status, part.first_lines[index]);
  }

  const Environment& environment_;
  const v1::RestoreHistoryRequest request_;
  const upstream::CallOptions options_;
  serving::Call call_;
  std::array<Part, 3> parts_;
  int lines_taken_ = 0;
};

}  // namespace

void RestoreHistory(const Environment& environment, v1::RestoreHistoryRequest request,
                    serving::Call call) {
  if (request.lines().empty()) {
    return std::move(call).Finish(errors::Error(types::v1::REQUIRED_FIELD_MISSING,
                                                "lines is required", {{"field", "lines"}}));
  }
  std::make_shared<Restore>(environment, std::move(request), std::move(call))->Start();
}

}  // namespace chancery::gateway::rpc
