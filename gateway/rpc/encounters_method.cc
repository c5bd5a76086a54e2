#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "gateway/dossier/dates.h"
#include "gateway/dossier/encounters.h"
#include "gateway/dossier/merge.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/batch_get.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using events::v1::Event;
using events::v1::ListEventsResponse;
using people::v1::ListStatesResponse;
using people::v1::State;
using upstream::Answer;
using upstream::Round;
using v1::ListEncountersRequest;

// The fields of events by which somebody is found. A post is found where its holder is named and
// where not.
std::vector<const char*> FieldsOf(const std::string& party) {
  if (absl::StartsWith(party, "people/")) return {"participants.person"};
  if (absl::StartsWith(party, "states/")) return {"involves"};
  return {"participants.capacities.post", "participants.post"};
}

// The events in which one field is the one and another the other. Which fields, its number says, so
// that a page token can: it is the place among all pairs of fields.
struct EventList {
  v1::ListPlace place;  // `other_state` is the other party
  bool asked = false;
  Answer<ListEventsResponse> answer;
};

// A state whose predecessors are to be found.
struct Successor {
  std::string name;
  bool asked = false;
  Answer<ListStatesResponse> predecessors;
};

// Rounds: the two themselves, the predecessors of a state, and the lists; the lists of
// predecessors, as long as there are more; names.
class EncountersReader : public std::enable_shared_from_this<EncountersReader> {
 public:
  EncountersReader(std::shared_ptr<Reading> reading, ListEncountersRequest request, size_t limit,
                   const std::vector<v1::ListPlace>& places)
      : reading_(std::move(reading)), request_(std::move(request)), limit_(limit) {
    for (const v1::ListPlace& place : places) lists_.emplace_back().place = place;
  }

  void Start();

 private:
  void NextRound();
  void AskForList(EventList& list, Round& round);
  void AskForPredecessors(Successor& state, Round& round);
  void AddOther(const std::string& other);
  void Collect();
  absl::Status TakeTheTwo();
  void TakePredecessors();
  absl::Status TakeLists();
  void Merge();
  const Wanted& WantWhatFollows();
  void Finish();

  upstream::Backends& backends() { return reading_->environment().backends; }
  bool GoesOn() const { return !request_.page_token().empty(); }

  const std::shared_ptr<Reading> reading_;
  const ListEncountersRequest request_;
  const size_t limit_;
  std::vector<std::unique_ptr<BatchGet>> the_two_;
  // Deques: calls write into their elements while more are added.
  std::deque<Successor> states_;
  std::deque<EventList> lists_;
  dossier::Merged<Event> events_;
  dossier::Directory directory_;
  Wanted wanted_;
};

// The lists for one more that the other party stands for.
void EncountersReader::AddOther(const std::string& other) {
  const size_t count = FieldsOf(request_.party()).size() * FieldsOf(other).size();
  for (size_t i = 0; i < count; ++i) {
    v1::ListPlace& place = lists_.emplace_back().place;
    place.set_other_state(other);
    place.set_list(static_cast<int>(i));
  }
}

void EncountersReader::Start() {
  if (!GoesOn()) {
    the_two_ = MakeBatchGets({request_.party(), request_.other_party()},
                             reading_->environment().collections, reading_->moment().ForServices());
    AddOther(request_.other_party());
    if (absl::StartsWith(request_.other_party(), "states/") && !request_.exclude_predecessors()) {
      states_.emplace_back().name = request_.other_party();
    }
  }
  NextRound();
}

void EncountersReader::NextRound() {
  Round round([self = shared_from_this()] { self->Collect(); });
  for (EventList& list : lists_) AskForList(list, round);
  for (Successor& state : states_) AskForPredecessors(state, round);
  AskAll(the_two_, reading_->Options(), round);
  std::move(round).Close();
}

void EncountersReader::AskForList(EventList& list, Round& round) {
  if (std::exchange(list.asked, true) || !reading_->CanAsk(backends().events())) return;
  const std::vector<const char*> fields = FieldsOf(request_.party());
  const std::vector<const char*> others = FieldsOf(list.place.other_state());
  const auto number = static_cast<size_t>(list.place.list()) % (fields.size() * others.size());
  events::v1::ListEventsRequest ask;
  ask.set_filter(absl::StrCat(fields[number / others.size()], " = \"", request_.party(), "\" AND ",
                              others[number % others.size()], " = \"", list.place.other_state(),
                              "\""));
  ask.set_page_size(std::min<int>(kMaxPageSize, limit_ + list.place.skip()));
  ask.set_page_token(list.place.page_token());
  *ask.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(backends().events(), "ListEvents", ask, reading_->Options(), &list.answer);
}

void EncountersReader::AskForPredecessors(Successor& state, Round& round) {
  if (std::exchange(state.asked, true) || !reading_->CanAsk(backends().people())) return;
  people::v1::ListStatesRequest list;
  list.set_filter(absl::StrCat("successions.successor:\"", state.name, "\""));
  list.set_page_size(kMaxPageSize);
  *list.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(backends().people(), "ListStates", list, reading_->Options(), &state.predecessors);
}

void EncountersReader::Collect() {
  if (absl::Status status = TakeTheTwo(); !status.ok()) return reading_->Fail(status);
  const size_t before = lists_.size();
  TakePredecessors();
  if (lists_.size() > before) return NextRound();
  if (absl::Status status = TakeLists(); !status.ok()) return reading_->Fail(status);
  Merge();
  LookUp(
      reading_, directory_, [this]() -> const Wanted& { return WantWhatFollows(); },
      [self = shared_from_this()] { self->Finish(); });
}

absl::Status EncountersReader::TakeTheTwo() {
  for (const auto& batch : std::exchange(the_two_, {})) {
    if (!batch->NameNotFound().empty()) return batch->status;
    reading_->Take(*batch->collection->owner, kEncounters, batch->status, batch->token);
  }
  return absl::OkStatus();
}

void EncountersReader::TakePredecessors() {
  const size_t known = states_.size();
  for (size_t i = 0; i < known; ++i) {
    if (!states_[i].asked) continue;
    Answer<ListStatesResponse> found =
        std::exchange(states_[i].predecessors, {ListStatesResponse(), ""});
    if (!reading_->Take(backends().people(), kEncounters, found.reply.status(), found.token)) {
      continue;
    }
    for (const State& state : found.reply->states()) {
      const bool there = std::any_of(states_.begin(), states_.end(), [&](const Successor& one) {
        return one.name == state.name();
      });
      if (there || states_.size() >= kMaxStates) continue;
      states_.emplace_back().name = state.name();
      AddOther(state.name());
    }
  }
}

absl::Status EncountersReader::TakeLists() {
  for (EventList& list : lists_) {
    const absl::Status& status = list.answer.reply.status();
    if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) return status;
    reading_->Take(backends().events(), kEncounters, status, list.answer.token);
  }
  return absl::OkStatus();
}

void EncountersReader::Merge() {
  std::vector<dossier::Stream<Event>> streams;
  for (EventList& list : lists_) {
    dossier::Stream<Event>& stream = streams.emplace_back();
    stream.place = {list.place.page_token(), static_cast<size_t>(list.place.skip())};
    if (!list.answer.reply.ok()) continue;
    for (Event& event : *list.answer.reply->mutable_events()) {
      stream.records.push_back(std::move(event));
    }
    stream.next_page_token = list.answer.reply->next_page_token();
  }
  events_ = dossier::Merge(std::move(streams), limit_, [](const Event& event) {
    return dossier::ListKey{dossier::SortKeyOf(event.time()), event.name()};
  });
  for (const Event& event : events_.records) {
    dossier::AddReferences(event, wanted_[kEncounters]);
  }
}

const Wanted& EncountersReader::WantWhatFollows() {
  for (const Event& event : events_.records) {
    dossier::AddFurtherReferences(event, directory_, wanted_[kEncounters]);
  }
  return wanted_;
}

void EncountersReader::Finish() {
  v1::ListEncountersResponse response;
  dossier::TwoParties two{{request_.party()}, {request_.other_party()}};
  for (const EventList& list : lists_) two.other_party.insert(list.place.other_state());
  for (const Event& event : events_.records) {
    auto encounter = dossier::MakeEncounter(event, two, directory_, reading_->moment().valid_at);
    if (encounter) *response.add_encounters() = *std::move(encounter);
  }
  std::vector<v1::ListPlace> places;
  for (size_t i = 0; i < lists_.size(); ++i) {
    if (events_.ended[i]) continue;
    v1::ListPlace& place = places.emplace_back(lists_[i].place);
    place.set_page_token(events_.places[i].page_token);
    place.set_skip(static_cast<int>(events_.places[i].skip));
  }
  response.set_next_page_token(NextPageToken(request_, reading_->moment(), places));
  reading_->Finish(std::move(response));
}

struct Right {
  size_t limit;
  PageStart start;
};

absl::StatusOr<Right> Check(const ListEncountersRequest& request, const Present& present) {
  RETURN_IF_ERROR(CheckParties(request.party(), request.other_party()));
  ASSIGN_OR_RETURN(const size_t limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(PageStart start, StartOf(request, present));
  return Right{limit, std::move(start)};
}

}  // namespace

void ListEncounters(const Environment& environment, ListEncountersRequest request,
                    serving::Call call) {
  absl::StatusOr<Right> right = Check(request, environment.present());
  if (!right.ok()) return std::move(call).Finish(right.status());
  auto reading = std::make_shared<Reading>(environment, std::move(call), right->start.moment);
  std::make_shared<EncountersReader>(reading, std::move(request), right->limit, right->start.places)
      ->Start();
}

}  // namespace chancery::gateway::rpc
