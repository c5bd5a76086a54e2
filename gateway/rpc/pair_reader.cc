#include "gateway/rpc/pair_reader.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "gateway/dossier/agreement_list.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/agreement_statuses.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/pair_lists.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::Agreement;
using dossier::TimelineEvent;
using people::v1::ListStatesResponse;
using people::v1::State;
using upstream::Answer;
using upstream::Round;

// A state on one side of the pair, and what was asked about it.
struct Side {
  std::string root;  // the state asked for
  FoundState state;
  bool asked = false;
  bool recorded = false;
  Answer<State> record;
  Answer<ListStatesResponse> predecessors;
};

class PairReader : public std::enable_shared_from_this<PairReader> {
 public:
  PairReader(std::shared_ptr<Reading> reading, PairQuery query,
             absl::AnyInvocable<void(absl::Status, PairAnswer&)> done)
      : reading_(std::move(reading)), query_(std::move(query)), done_(std::move(done)) {}

  void Start();

 private:
  void NextRound();
  void AskAbout(Side& side, Round& round);
  void Collect();
  absl::Status TakeState(Side& side);
  void TakePredecessors(Side& side);
  bool AddPairs();
  absl::Status TakeLists();
  void WantWhatIsNamed();
  const Wanted& WantWhatFollows();
  void Finish();

  upstream::Backends& backends() { return reading_->environment().backends; }

  const std::shared_ptr<Reading> reading_;
  const PairQuery query_;
  absl::AnyInvocable<void(absl::Status, PairAnswer&)> done_;
  // Deques: calls write into their elements while more are added.
  std::deque<Side> sides_;
  std::deque<PairLists> lists_;
  size_t asked_ = 0;  // of the lists
  PairAnswer answer_;
  Wanted wanted_;
  std::unique_ptr<AgreementStatuses> statuses_;
};

void PairReader::Start() {
  for (const v1::ListPlace& place : query_.places) lists_.emplace_back().place = place;
  if (query_.places.empty() && !query_.goes_on) {
    for (const std::string& name : {query_.state, query_.other_state}) {
      Side& side = sides_.emplace_back();
      side.root = name;
      side.state.record.set_name(name);
      if (query_.sections) query_.sections->AddState(name, side.state.record);
    }
    AddPairs();
  }
  NextRound();
}

void PairReader::NextRound() {
  Round round([self = shared_from_this()] { self->Collect(); });
  const size_t asked = std::exchange(asked_, lists_.size());
  // What takes longest first.
  for (size_t i = asked; i < lists_.size(); ++i) AskFor(lists_[i], query_, *reading_, round);
  for (Side& side : sides_) AskAbout(side, round);
  if (query_.sections) query_.sections->Ask(*reading_, round);
  // Meanwhile: what came in the rounds before.
  for (size_t i = 0; i < asked; ++i) ReadEvents(lists_[i]);
  std::move(round).Close();
}

void PairReader::AskAbout(Side& side, Round& round) {
  if (side.asked || !reading_->CanAsk(backends().people())) return;
  side.asked = true;
  const std::string& name = side.state.record.name();
  if (!side.recorded) {
    people::v1::GetStateRequest get;
    get.set_name(name);
    *get.mutable_as_of() = reading_->moment().ForServices();
    round.Ask(backends().people(), "GetState", get, reading_->Options(), &side.record);
  }
  if (!query_.with_predecessors) return;
  people::v1::ListStatesRequest list;
  list.set_filter(absl::StrCat("successions.successor:\"", name, "\""));
  list.set_page_size(kMaxPageSize);
  *list.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(backends().people(), "ListStates", list, reading_->Options(), &side.predecessors);
}

void PairReader::Collect() {
  const size_t known = sides_.size();
  for (size_t i = 0; i < known; ++i) {
    if (absl::Status status = TakeState(sides_[i]); !status.ok()) return done_(status, answer_);
    TakePredecessors(sides_[i]);
  }
  if (query_.sections) {
    const absl::Status status = query_.sections->Take(*reading_);
    if (!status.ok()) return done_(status, answer_);
  }
  if (AddPairs()) return NextRound();
  for (PairLists& lists : lists_) ReadEvents(lists);
  if (absl::Status status = TakeLists(); !status.ok()) return done_(status, answer_);
  MergeLists(lists_, query_, answer_);
  for (const Side& side : sides_) {
    answer_.states.push_back(side.state);
    if (!side.recorded) continue;
    answer_.directory.Add(side.state.record.name(), std::make_unique<State>(side.state.record));
  }
  WantWhatIsNamed();
  statuses_ =
      std::make_unique<AgreementStatuses>(answer_.agreements.records, query_.sections.get());
  LookUp(
      reading_, answer_.directory, [this]() -> const Wanted& { return WantWhatFollows(); },
      [self = shared_from_this()] { self->Finish(); }, statuses_.get());
}

absl::Status PairReader::TakeState(Side& side) {
  if (side.recorded || !side.asked) return absl::OkStatus();
  const absl::Status& status = side.record.reply.status();
  if (errors::HasReason(status, types::v1::RESOURCE_NOT_FOUND)) return status;
  if (reading_->Take(backends().people(), kStates, status, side.record.token)) {
    side.state.record = *std::move(side.record.reply);
    side.recorded = true;
  }
  return absl::OkStatus();
}

void PairReader::TakePredecessors(Side& side) {
  if (!query_.with_predecessors || !side.asked) return;
  Answer<ListStatesResponse> found = std::exchange(side.predecessors, {ListStatesResponse(), ""});
  if (!reading_->Take(backends().people(), kStates, found.reply.status(), found.token)) return;
  for (State& state : *found.reply->mutable_states()) {
    const bool known = std::any_of(sides_.begin(), sides_.end(), [&](const Side& other) {
      const bool asked_for = other.state.succeeded_by.empty();
      return other.state.record.name() == state.name() && (asked_for || other.root == side.root);
    });
    if (known || sides_.size() >= kMaxStates) continue;
    const std::string root = side.root;
    Side& added = sides_.emplace_back();
    added.root = root;
    added.recorded = true;
    if (query_.sections) query_.sections->AddState(root, state);
    added.state = {std::move(state), root};
  }
}

// Whether there are pairs that were not there before.
bool PairReader::AddPairs() {
  const size_t before = lists_.size();
  for (const Side& a : sides_) {
    for (const Side& b : sides_) {
      if (a.root != query_.state || b.root != query_.other_state) continue;
      const std::string &state = a.state.record.name(), &other = b.state.record.name();
      const bool known = std::any_of(lists_.begin(), lists_.end(), [&](const PairLists& lists) {
        return lists.place.state() == state && lists.place.other_state() == other;
      });
      if (known || state == other) continue;
      PairLists& lists = lists_.emplace_back();
      lists.place.set_state(state);
      lists.place.set_other_state(other);
      if (query_.sections) query_.sections->AddPair(state, other);
    }
  }
  return lists_.size() > before;
}

absl::Status PairReader::TakeLists() {
  for (PairLists& lists : lists_) {
    if (query_.timeline) {
      const absl::Status& status = lists.events.reply.status();
      if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) return status;
      reading_->Take(backends().events(), kTimeline, status, lists.events.token);
    }
    if (query_.agreements) {
      reading_->Take(backends().agreements(), kAgreements, lists.agreements.reply.status(),
                     lists.agreements.token);
    }
  }
  return absl::OkStatus();
}

void PairReader::WantWhatIsNamed() {
  for (const TimelineEvent& event : answer_.events.records) {
    dossier::AddReferences(event.record, wanted_[kTimeline]);
  }
  for (const Agreement& agreement : answer_.agreements.records) {
    dossier::AddReferences(agreement, wanted_[kAgreements]);
  }
}

// What has been found leads to more: the states of posts.
const Wanted& PairReader::WantWhatFollows() {
  for (const TimelineEvent& event : answer_.events.records) {
    dossier::AddFurtherReferences(event.record, answer_.directory, wanted_[kTimeline]);
  }
  if (query_.sections) query_.sections->AddReferences(answer_.directory, wanted_);
  return wanted_;
}

void PairReader::Finish() {
  answer_.statuses = statuses_->Release();
  done_(absl::OkStatus(), answer_);
}

}  // namespace

void ReadPair(std::shared_ptr<Reading> reading, PairQuery query,
              absl::AnyInvocable<void(absl::Status, PairAnswer&)> done) {
  std::make_shared<PairReader>(std::move(reading), std::move(query), std::move(done))->Start();
}

}  // namespace chancery::gateway::rpc
