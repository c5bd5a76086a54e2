#include "gateway/dossier/contacts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "gateway/dossier/dates.h"
#include "gateway/dossier/represented_state.h"

namespace chancery::gateway::dossier {
namespace {

using chronology::SortKey;
using events::v1::Event;
using types::v1::Participant;

// The person, or the post whose holder is not named; empty for who is neither.
const std::string& SomebodyOf(const Participant& participant) {
  return participant.has_post() ? participant.post() : participant.person();
}

// Those who were there for a state.
std::set<std::string> ThoseOf(const Event& event, const std::string& state,
                              const Directory& directory) {
  std::set<std::string> those;
  for (const Participant& participant : event.participants()) {
    const std::string& somebody = SomebodyOf(participant);
    if (somebody.empty() || !TookPart(participant)) continue;
    if (RepresentedState(participant, directory) == state) those.insert(somebody);
  }
  return those;
}

// What two have in common.
struct Tally {
  int64_t count = 0;
  const Event* first = nullptr;  // of those that are dated
  const Event* last = nullptr;
  SortKey last_time = chronology::kUndated;
  SortKey first_time = chronology::kUndated;

  void Add(const Event& event) {
    ++count;
    const SortKey time = SortKeyOf(event.time());
    if (time == chronology::kUndated) return;
    if (first == nullptr || time < first_time) {
      first = &event;
      first_time = time;
    }
    if (last == nullptr || !(time < last_time)) {
      last = &event;
      last_time = time;
    }
  }
};

using Two = std::tuple<std::string, std::string, std::string, std::string>;

v1::Contact MakeContact(const Two& two, const Tally& tally, bool complete) {
  v1::Contact contact;
  std::tie(*contact.mutable_party(), *contact.mutable_state(), *contact.mutable_other_party(),
           *contact.mutable_other_state()) = two;
  contact.mutable_count()->set_value(tally.count);
  contact.mutable_count()->set_comparator(complete ? types::v1::Count::EQ : types::v1::Count::GE);
  if (tally.first == nullptr) return contact;
  contact.set_first_event(tally.first->name());
  *contact.mutable_first_time() = tally.first->time();
  contact.set_last_event(tally.last->name());
  *contact.mutable_last_time() = tally.last->time();
  return contact;
}

bool IsLater(const SortKey& a, const SortKey& b) {
  if (a == chronology::kUndated || b == chronology::kUndated) return a < b;
  return b < a;
}

}  // namespace

void AddReferences(const PairEvents& pair, const Directory& directory, NameSet& names) {
  for (const Event& event : pair.events) {
    for (const Participant& participant : event.participants()) {
      if (!SomebodyOf(participant).empty()) AddStateReferences(participant, directory, names);
    }
  }
}

std::vector<v1::Contact> CountContacts(const std::vector<PairEvents>& pairs,
                                       const Directory& directory, bool complete) {
  std::map<Two, Tally> tallies;
  for (const PairEvents& pair : pairs) {
    for (const Event& event : pair.events) {
      const std::set<std::string> those = ThoseOf(event, pair.state, directory);
      const std::set<std::string> others = ThoseOf(event, pair.other_state, directory);
      for (const std::string& one : those) {
        for (const std::string& other : others) {
          if (one == other) continue;
          tallies[{one, pair.state, other, pair.other_state}].Add(event);
        }
      }
    }
  }
  std::vector<std::pair<SortKey, v1::Contact>> dated;
  dated.reserve(tallies.size());
  for (const auto& [two, tally] : tallies) {
    dated.emplace_back(tally.last_time, MakeContact(two, tally, complete));
  }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const auto& a, const auto& b) { return IsLater(a.first, b.first); });
  std::vector<v1::Contact> contacts;
  contacts.reserve(dated.size());
  for (auto& [time, contact] : dated) contacts.push_back(std::move(contact));
  return contacts;
}

void AddReferences(const v1::Contact& contact, NameSet& names) {
  names.insert(contact.party());
  names.insert(contact.other_party());
}

void SetNames(const Directory& directory, absl::CivilDay valid_at, v1::Contact& contact) {
  contact.set_party_name(directory.NameOf(contact.party(), valid_at));
  contact.set_other_party_name(directory.NameOf(contact.other_party(), valid_at));
}

}  // namespace chancery::gateway::dossier
