#include "gateway/rpc/pair_lists.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "gateway/dossier/agreement_list.h"
#include "gateway/rpc/requests.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::Agreement;
using dossier::TimelineEvent;

// Takes a page of events apart.
absl::StatusOr<std::vector<TimelineEvent>> Read(v1::PassedEvents& page) {
  std::vector<TimelineEvent> events;
  events.reserve(page.events_size());
  for (std::string& bytes : *page.mutable_events()) {
    ASSIGN_OR_RETURN(TimelineEvent event, dossier::ReadEvent(std::move(bytes)));
    events.push_back(std::move(event));
  }
  page.clear_events();
  return events;
}

void AskForEvents(PairLists& lists, const PairQuery& query, Reading& reading,
                  upstream::Round& round) {
  const std::string &a = lists.place.state(), &b = lists.place.other_state();
  events::v1::ListEventsRequest list;
  list.set_filter(
      absl::StrCat("involves = \"", a, "\" AND involves = \"", b, "\" ", query.event_filter));
  list.set_page_size(std::min<int>(kMaxPageSize, query.limit + lists.place.skip()));
  list.set_page_token(lists.place.page_token());
  *list.mutable_as_of() = reading.moment().ForServices();
  round.Ask(reading.environment().backends.events(), "ListEvents", list, reading.Options(),
            &lists.events);
}

// Where the agreements of a pair go on: at their beginning, if the place is the timeline's.
v1::ListPlace AgreementsPlace(const PairLists& lists, const PairQuery& query) {
  return query.timeline ? v1::ListPlace() : lists.place;
}

void AskForAgreements(PairLists& lists, const PairQuery& query, Reading& reading,
                      upstream::Round& round) {
  const std::string &a = lists.place.state(), &b = lists.place.other_state();
  agreements::v1::ListAgreementsRequest list;
  list.set_filter(absl::StrCat("parties.party:\"", a, "\" AND parties.party:\"", b, "\""));
  const v1::ListPlace place = AgreementsPlace(lists, query);
  list.set_page_size(std::min<int>(kMaxPageSize, query.limit + place.skip()));
  list.set_page_token(place.page_token());
  *list.mutable_as_of() = reading.moment().ForServices();
  round.Ask(reading.environment().backends.agreements(), "ListAgreements", list, reading.Options(),
            &lists.agreements);
}

// The pages of a pair's lists as streams; empty ones if they could not be had.
dossier::Stream<TimelineEvent> EventsOf(PairLists& lists) {
  dossier::Stream<TimelineEvent> stream;
  stream.place = {lists.place.page_token(), static_cast<size_t>(lists.place.skip())};
  if (!lists.events.reply.ok()) return stream;
  stream.records = std::move(lists.read);
  stream.next_page_token = lists.events.reply->next_page_token();
  return stream;
}

dossier::Stream<Agreement> AgreementsOf(PairLists& lists, const PairQuery& query) {
  dossier::Stream<Agreement> stream;
  const v1::ListPlace place = AgreementsPlace(lists, query);
  stream.place = {place.page_token(), static_cast<size_t>(place.skip())};
  if (!lists.agreements.reply.ok()) return stream;
  auto& records = *lists.agreements.reply->mutable_agreements();
  stream.records.assign(std::make_move_iterator(records.begin()),
                        std::make_move_iterator(records.end()));
  stream.next_page_token = lists.agreements.reply->next_page_token();
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
  upstream::Backends& backends = reading.environment().backends;
  if (query.timeline && reading.CanAsk(backends.events())) {
    AskForEvents(lists, query, reading, round);
  }
  if (query.agreements && reading.CanAsk(backends.agreements())) {
    AskForAgreements(lists, query, reading, round);
  }
}

void ReadEvents(PairLists& lists) {
  if (!lists.events.reply.ok() || lists.events.reply->events().empty()) return;
  auto read = Read(*lists.events.reply);
  if (read.ok()) {
    lists.read = *std::move(read);
  } else {
    lists.events.reply = read.status();
  }
}

void MergeLists(std::deque<PairLists>& all, const PairQuery& query, PairAnswer& answer) {
  std::vector<dossier::Stream<TimelineEvent>> events;
  std::vector<dossier::Stream<Agreement>> agreements;
  for (PairLists& lists : all) {
    events.push_back(EventsOf(lists));
    agreements.push_back(AgreementsOf(lists, query));
  }
  answer.events = dossier::Merge(std::move(events), query.limit,
                                 [](const TimelineEvent& event) { return event.key; });
  answer.agreements =
      dossier::Merge(std::move(agreements), query.limit,
                     [](const Agreement& agreement) { return dossier::KeyOf(agreement); });
  answer.next_places = NextPlaces(all, answer.events);
  answer.next_agreement_places = NextPlaces(all, answer.agreements);
}

}  // namespace chancery::gateway::rpc
