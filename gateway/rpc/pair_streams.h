#ifndef CHANCERY_GATEWAY_RPC_PAIR_STREAMS_H_
#define CHANCERY_GATEWAY_RPC_PAIR_STREAMS_H_

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/token.pb.h"
#include "gateway/dossier/merge.h"
#include "gateway/rpc/reading.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {

// The records of one kind between two states and those that they succeeded: a list for each pair,
// filtered by the records' `states`, merged by name.
template <typename Record, typename Request, typename Reply>
class PairStreams {
 public:
  using Records = google::protobuf::RepeatedPtrField<Record>* (Reply::*)();

  // `list` is the method ("ListMatters"), `part` what is missing without it.
  PairStreams(const char* list, const char* part, Records records, size_t limit,
              const std::vector<v1::ListPlace>& places)
      : list_(list), part_(part), records_(records), limit_(limit) {
    for (const v1::ListPlace& place : places) lists_.emplace_back().place = place;
  }

  void AddPair(const std::string& state, const std::string& other_state) {
    v1::ListPlace& place = lists_.emplace_back().place;
    place.set_state(state);
    place.set_other_state(other_state);
  }

  bool HasQuestions() const {
    return std::any_of(lists_.begin(), lists_.end(), [](const List& one) { return !one.asked; });
  }

  void Ask(upstream::Backend& backend, Reading& reading, upstream::Round& round) {
    for (List& list : lists_) {
      if (std::exchange(list.asked, true)) continue;
      if (!reading.CanAsk(backend)) {
        reading.Lacks(backend, part_);
        list.taken = true;
        continue;
      }
      const std::string &a = list.place.state(), &b = list.place.other_state();
      Request request;
      request.set_filter(absl::StrCat("states = \"", a, "\" AND states = \"", b, "\""));
      request.set_page_size(std::min<int>(kMaxPageSize, limit_ + list.place.skip()));
      request.set_page_token(list.place.page_token());
      *request.mutable_as_of() = reading.moment().ForServices();
      round.Ask(backend, list_, request, reading.Options(), &list.answer);
    }
  }

  absl::Status Take(upstream::Backend& backend, Reading& reading) {
    for (List& list : lists_) {
      if (!list.asked || std::exchange(list.taken, true)) continue;
      const absl::Status& status = list.answer.reply.status();
      if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) return status;
      reading.Take(backend, part_, status, list.answer.token);
    }
    return absl::OkStatus();
  }

  // What has been read by now.
  template <typename Function>
  void ForEachRead(const Function& function) {
    for (List& list : lists_) {
      if (!list.taken || !list.answer.reply.ok()) continue;
      for (const Record& record : *((*list.answer.reply).*records_)()) function(record);
    }
  }

  // The page; takes the lists apart.
  dossier::Merged<Record> Merge() {
    std::vector<dossier::Stream<Record>> streams;
    for (List& list : lists_) {
      dossier::Stream<Record>& stream = streams.emplace_back();
      stream.place = {list.place.page_token(), static_cast<size_t>(list.place.skip())};
      if (!list.answer.reply.ok()) continue;
      for (Record& record : *((*list.answer.reply).*records_)()) {
        stream.records.push_back(std::move(record));
      }
      stream.next_page_token = list.answer.reply->next_page_token();
    }
    auto merged = dossier::Merge(std::move(streams), limit_, [](const Record& record) {
      return dossier::ListKey{chronology::kUndated, record.name()};
    });
    for (size_t i = 0; i < lists_.size(); ++i) {
      if (merged.ended[i]) continue;
      v1::ListPlace& place = next_places_.emplace_back(lists_[i].place);
      place.set_page_token(merged.places[i].page_token);
      place.set_skip(static_cast<int>(merged.places[i].skip));
    }
    return merged;
  }

  // Where it goes on after Merge().
  const std::vector<v1::ListPlace>& next_places() const { return next_places_; }

 private:
  struct List {
    v1::ListPlace place;
    bool asked = false;
    bool taken = false;
    upstream::Answer<Reply> answer;
  };

  const char* const list_;
  const char* const part_;
  const Records records_;
  const size_t limit_;
  std::deque<List> lists_;  // calls write into its elements while more are added
  std::vector<v1::ListPlace> next_places_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_PAIR_STREAMS_H_
