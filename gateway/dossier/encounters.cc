#include "gateway/dossier/encounters.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/dossier/represented_state.h"
#include "gateway/dossier/timeline.h"

namespace chancery::gateway::dossier {
namespace {

using events::v1::Event;
using types::v1::Capacity;
using types::v1::Participant;
using Names = absl::flat_hash_set<std::string>;

std::vector<std::string> PostsOf(const Participant& participant) {
  std::vector<std::string> posts;
  if (participant.has_post()) posts.push_back(participant.post());
  for (const Capacity& capacity : participant.capacities()) posts.push_back(capacity.post());
  return posts;
}

const std::string& WhoOf(const Participant& participant) {
  if (participant.has_post()) return participant.post();
  return participant.has_organization() ? participant.organization() : participant.person();
}

// Whether a participant is one of those named, acts in one of those posts or for one of those
// states.
bool IsOneOf(const Participant& participant, const std::string& state, const Names& names) {
  if (names.contains(participant.person()) || names.contains(state)) return true;
  const std::vector<std::string> posts = PostsOf(participant);
  return std::any_of(posts.begin(), posts.end(),
                     [&](const std::string& post) { return names.contains(post); });
}

v1::EncounterParty MakeParty(const Participant& participant, const v1::ParticipantLine& line) {
  v1::EncounterParty party;
  party.set_participant(participant.id());
  party.set_party(WhoOf(participant));
  party.set_display_name(line.display_name());
  for (std::string& post : PostsOf(participant)) party.add_posts(std::move(post));
  *party.mutable_titles() = line.titles();
  if (participant.has_post()) party.add_titles(line.display_name());
  party.set_state(line.state());
  return party;
}

}  // namespace

std::optional<v1::Encounter> MakeEncounter(const Event& event, const TwoParties& two,
                                           const Directory& directory, absl::CivilDay valid_at) {
  v1::Encounter encounter;
  *encounter.mutable_entry() = MakeEntry(event, directory, valid_at);
  for (int i = 0; i < event.participants_size(); ++i) {
    const Participant& participant = event.participants(i);
    if (!TookPart(participant)) continue;
    const v1::ParticipantLine& line = encounter.entry().participants(i);
    if (IsOneOf(participant, line.state(), two.party)) {
      *encounter.add_parties() = MakeParty(participant, line);
    } else if (IsOneOf(participant, line.state(), two.other_party)) {
      *encounter.add_other_parties() = MakeParty(participant, line);
    }
  }
  if (encounter.parties().empty() || encounter.other_parties().empty()) return std::nullopt;
  return encounter;
}

}  // namespace chancery::gateway::dossier
