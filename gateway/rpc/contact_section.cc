#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "gateway/dossier/contacts.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/requests.h"
#include "gateway/rpc/section_reader.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using events::v1::Event;
using events::v1::ListEventsResponse;
using upstream::Answer;

// A stretch of the events between two states, newest first.
struct Stretch {
  v1::ListPlace place;
  bool asked = false;
  bool taken = false;
  Answer<ListEventsResponse> answer;

  std::string next() const {
    return taken && answer.reply.ok() ? answer.reply->next_page_token() : "";
  }
};

// Counts in one stretch for each pair. All places of a page token are where the stretches begin;
// how many of the rows in them were shown is the first one's `skip`.
class ContactSection : public SectionReader {
 public:
  ContactSection(size_t limit, const std::vector<v1::ListPlace>& places) : limit_(limit) {
    for (const v1::ListPlace& place : places) stretches_.emplace_back().place = place;
    if (!places.empty()) shown_ = std::max(0, places[0].skip());
  }

  void AddPair(const std::string& state, const std::string& other_state) override {
    v1::ListPlace& place = stretches_.emplace_back().place;
    place.set_state(state);
    place.set_other_state(other_state);
  }
  bool HasQuestions() const override {
    return std::any_of(stretches_.begin(), stretches_.end(),
                       [](const Stretch& one) { return !one.asked; });
  }
  void Ask(Reading& reading, upstream::Round& round) override;
  absl::Status Take(Reading& reading) override;
  void AddReferences(const dossier::Directory& directory, Wanted& wanted) override;
  void Fill(const v1::GetDossierRequest& next, const Moment& moment,
            const dossier::Directory& directory, v1::Dossier& dossier) override;

 private:
  bool SeesAll() const;
  std::vector<v1::Contact> Page(const dossier::Directory& directory, bool& more) const;
  std::vector<v1::ListPlace> NextPlaces(bool more) const;

  const size_t limit_;
  size_t shown_ = 0;
  std::deque<Stretch> stretches_;  // calls write into its elements while more are added
  std::vector<dossier::PairEvents> read_;
};

void ContactSection::Ask(Reading& reading, upstream::Round& round) {
  upstream::Backend& events = reading.environment().backends.events();
  for (Stretch& stretch : stretches_) {
    if (std::exchange(stretch.asked, true)) continue;
    if (!reading.CanAsk(events)) {
      reading.Lacks(events, kContacts);
      stretch.taken = true;
      continue;
    }
    events::v1::ListEventsRequest list;
    list.set_filter(absl::StrCat("involves = \"", stretch.place.state(), "\" AND involves = \"",
                                 stretch.place.other_state(), "\""));
    list.set_order_by("time desc");
    list.set_page_size(kMaxPageSize);
    list.set_page_token(stretch.place.page_token());
    *list.mutable_as_of() = reading.moment().ForServices();
    round.Ask(events, "ListEvents", list, reading.Options(), &stretch.answer);
  }
}

absl::Status ContactSection::Take(Reading& reading) {
  for (Stretch& stretch : stretches_) {
    if (!stretch.asked || std::exchange(stretch.taken, true)) continue;
    const absl::Status& status = stretch.answer.reply.status();
    if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) return status;
    if (!reading.Take(reading.environment().backends.events(), kContacts, status,
                      stretch.answer.token)) {
      continue;
    }
    dossier::PairEvents& pair = read_.emplace_back();
    pair.state = stretch.place.state();
    pair.other_state = stretch.place.other_state();
    for (Event& event : *stretch.answer.reply->mutable_events()) {
      pair.events.push_back(std::move(event));
    }
  }
  return absl::OkStatus();
}

// Whether no event of any pair lies before or after what has been looked at.
bool ContactSection::SeesAll() const {
  return std::all_of(stretches_.begin(), stretches_.end(), [](const Stretch& stretch) {
    return stretch.place.page_token().empty() && stretch.answer.reply.ok() &&
           stretch.next().empty();
  });
}

// The rows of this page; `more` tells whether there are others after it in the same stretches.
std::vector<v1::Contact> ContactSection::Page(const dossier::Directory& directory,
                                              bool& more) const {
  std::vector<v1::Contact> all = dossier::CountContacts(read_, directory, SeesAll());
  const size_t begin = std::min(shown_, all.size());
  const size_t end = std::min(begin + limit_, all.size());
  more = end < all.size();
  return {std::make_move_iterator(all.begin() + static_cast<ptrdiff_t>(begin)),
          std::make_move_iterator(all.begin() + static_cast<ptrdiff_t>(end))};
}

std::vector<v1::ListPlace> ContactSection::NextPlaces(bool more) const {
  std::vector<v1::ListPlace> places;
  for (const Stretch& stretch : stretches_) {
    if (!more && stretch.next().empty()) continue;
    v1::ListPlace& place = places.emplace_back(stretch.place);
    place.set_skip(more ? static_cast<int>(shown_ + limit_) : 0);
    if (!more) place.set_page_token(stretch.next());
  }
  return places;
}

void ContactSection::AddReferences(const dossier::Directory& directory, Wanted& wanted) {
  dossier::NameSet& names = wanted[kContacts];
  for (const dossier::PairEvents& pair : read_) dossier::AddReferences(pair, directory, names);
  if (!directory.Missing(names).empty()) return;  // who was there for whom is not known yet
  bool more = false;
  for (const v1::Contact& contact : Page(directory, more)) dossier::AddReferences(contact, names);
}

void ContactSection::Fill(const v1::GetDossierRequest& next, const Moment& moment,
                          const dossier::Directory& directory, v1::Dossier& dossier) {
  v1::ContactList& list = *dossier.mutable_contacts();
  bool more = false;
  for (v1::Contact& contact : Page(directory, more)) {
    dossier::SetNames(directory, moment.valid_at, contact);
    *list.add_entries() = std::move(contact);
  }
  const std::vector<v1::ListPlace> places = NextPlaces(more);
  list.set_next_page_token(NextPageToken(next, moment, places));
  SetTotal(list.entries_size(), places.empty(), *list.mutable_total());
}

}  // namespace

std::unique_ptr<SectionReader> ReadContacts(size_t limit,
                                            const std::vector<v1::ListPlace>& places) {
  return std::make_unique<ContactSection>(limit, places);
}

}  // namespace chancery::gateway::rpc
