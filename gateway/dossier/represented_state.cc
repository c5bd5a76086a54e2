#include "gateway/dossier/represented_state.h"

#include <vector>

#include "absl/strings/match.h"
#include "chancery/people/v1/post.pb.h"

namespace chancery::gateway::dossier {
namespace {

using types::v1::Capacity;
using types::v1::Participant;

// What may say whose side it was, from the strongest to the weakest.
std::vector<std::string> SidesOf(const Participant& participant) {
  if (!participant.represents().empty()) return {participant.represents()};
  if (participant.has_side()) return {participant.side().state()};
  std::vector<std::string> sides;
  for (const Capacity& capacity : participant.capacities()) {
    sides.push_back(capacity.on_behalf_of());
    sides.push_back(capacity.post());
  }
  sides.push_back(participant.has_organization() ? participant.organization() : participant.post());
  sides.push_back(participant.affiliation());
  return sides;
}

}  // namespace

bool TookPart(const Participant& participant) {
  return participant.attendance() != Participant::INTENDED &&
         participant.attendance() != Participant::REGULAR;
}

std::string RepresentedState(const Participant& participant, const Directory& directory) {
  for (const std::string& side : SidesOf(participant)) {
    if (std::string state = directory.StateOf(side); !state.empty()) return state;
  }
  return "";
}

void AddStateReferences(const Participant& participant, const Directory& directory,
                        NameSet& names) {
  if (!RepresentedState(participant, directory).empty()) return;
  for (const std::string& side : SidesOf(participant)) {
    if (side.empty() || absl::StartsWith(side, "states/")) continue;
    names.insert(side);
    const auto* post = directory.Find<people::v1::Post>(side);
    if (post != nullptr && !post->organization().empty()) names.insert(post->organization());
  }
}

}  // namespace chancery::gateway::dossier
