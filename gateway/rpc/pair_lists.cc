#include "gateway/rpc/pair_lists.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/dossier/agreement_list.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/requests.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::Agreement;
using agreements::v1::ListAgreementsResponse;
using events::v1::Event;
using events::v1::ListEventsResponse;
using upstream::Answer;

void AskForEvents(PairLists& lists, size_t limit, Reading& reading, upstream::Round& round) {
  const std::string &a = lists.place.state(), &b = lists.place.other_state();
  events::v1::ListEventsRequest list;
  list.set_filter(absl::StrCat("involves = \"", a, "\" AND involves = \"", b, "\""));
  list.set_page_size(std::min<int>(kMaxPageSize, limit + lists.place.skip()));
  list.set_page_token(lists.place.page_token());
  *list.mutable_as_of() = reading.moment().ForServices();
  round.Ask(reading.environment().backends.events(), "ListEvents", list, reading.Options(),
            &lists.events);
}

void AskForAgreements(PairLists& lists, const PairQuery& query, Reading& reading,
                      upstream::Round& round) {
  const std::string &a = lists.place.state(), &b = lists.place.other_state();
  agreements::v1::ListAgreementsRequest list;
  list.set_filter(absl::StrCat("parties.party:\"", a, "\" AND parties.party:\"", b, "\""));
  const v1::ListPlace place = query.timeline ? v1::ListPlace() : lists.place;
  list.set_page_size(std::min<int>(kMaxPageSize, query.limit + place.skip()));
  list.set_page_token(place.page_token());
  *list.mutable_as_of() = reading.moment().ForServices();
  round.Ask(reading.environment().backends.agreements(), "ListAgreements", list, reading.Options(),
            &lists.agreements);
}

// The page of a list as a stream; an empty one if it could not be had.
template <typename Record, typename Reply>
dossier::Stream<Record> MakeStream(
    Answer<Reply>& answer, const v1::ListPlace& place,
    google::protobuf::RepeatedPtrField<Record>* (Reply::*records)()) {
  dossier::Stream<Record> stream;
  stream.place = {place.page_token(), static_cast<size_t>(place.skip())};
  if (!answer.reply.ok()) return stream;
  for (Record& record : *((*answer.reply).*records)()) stream.records.push_back(std::move(record));
  stream.next_page_token = answer.reply->next_page_token();
  return stream;
}

// Where the lists of the pairs go on that have not ended.
template <typename Record>
std::vector<v1::ListPlace> NextPlaces(const std::deque<PairLists>& all,
                                      const dossier::Merged<Record>& merged) {
  std::vector<v1::ListPlace> places;
  for (size_t i = 0; i < all.size(); ++i) {
    if (merged.ended[i]) continue;
    v1::ListPlace& place = places.emplace_back(all[i].place);
    place.set_page_token(merged.places[i].page_token);
    place.set_skip(static_cast<int>(merged.places[i].skip));
  }
  return places;
}

}  // namespace

void AskFor(PairLists& lists, const PairQuery& query, Reading& reading, upstream::Round& round) {
  if (lists.asked) return;
  lists.asked = true;
  upstream::Backends& backends = reading.environment().backends;
  if (query.timeline && reading.CanAsk(backends.events())) {
    AskForEvents(lists, query.limit, reading, round);
  }
  if (query.agreements && reading.CanAsk(backends.agreements())) {
    AskForAgreements(lists, query, reading, round);
  }
}

void MergeLists(std::deque<PairLists>& all, const PairQuery& query, PairAnswer& answer) {
  std::vector<dossier::Stream<Event>> events;
  std::vector<dossier::Stream<Agreement>> agreements;
  for (PairLists& lists : all) {
    events.push_back(MakeStream(lists.events, lists.place, &ListEventsResponse::mutable_events));
    agreements.push_back(MakeStream(lists.agreements,
                                    query.timeline ? v1::ListPlace() : lists.place,
                                    &ListAgreementsResponse::mutable_agreements));
  }
  answer.events = dossier::Merge(std::move(events), query.limit,
                                 [](const Event& event) { return dossier::KeyOf(event); });
  answer.agreements =
      dossier::Merge(std::move(agreements), query.limit,
                     [](const Agreement& agreement) { return dossier::KeyOf(agreement); });
  answer.next_places = NextPlaces(all, answer.events);
  answer.next_agreement_places = NextPlaces(all, answer.agreements);
}

}  // namespace chancery::gateway::rpc
