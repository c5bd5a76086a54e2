#include "gateway/dossier/holders.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chancery/people/v1/person.pb.h"
#include "gateway/dossier/dates.h"
#include "gateway/dossier/display_name.h"
#include "gateway/dossier/sighting.h"
#include "services/chronology/window.h"

namespace chancery::gateway::dossier {
namespace {

using chronology::DayNumber;
using chronology::WindowMatch;
using people::v1::Post;
using people::v1::Tenure;
using types::v1::Certainty;

// A tenure with its sightings.
struct Candidate {
  const Tenure* tenure;
  std::vector<Sighting> sightings;

  const Sighting* Find(Sighting::Kind kind) const {
    for (const Sighting& sighting : sightings) {
      if (sighting.kind == kind) return &sighting;
    }
    return nullptr;
  }
};

bool CertainlyBefore(const types::v1::Date& stated, DayNumber day) {
  const auto date = Read(stated);
  return date && date->qualifier() == chronology::Qualifier::kExact &&
         chronology::LatestNumber(date->latest()) < day;
}

// Whether a step into the post certainly comes after the day: nobody holds it before.
bool IsYetToCome(const Tenure& tenure, DayNumber day) {
  for (const people::v1::Milestone& milestone : tenure.milestones()) {
    const auto date = Read(milestone.time());
    const bool comes_first = milestone.kind() != people::v1::Milestone::ARRIVED &&
                             milestone.kind() != people::v1::Milestone::CREDENTIALS_PRESENTED;
    if (comes_first && date && date->qualifier() == chronology::Qualifier::kExact &&
        chronology::EarliestNumber(date->earliest()) > day) {
      return true;
    }
  }
  return false;
}

bool IsExcluded(const Candidate& candidate, const Post& post, const Directory& directory,
                DayNumber day) {
  const Sighting* start = candidate.Find(Sighting::Kind::kStart);
  const Sighting* end = candidate.Find(Sighting::Kind::kEnd);
  if (start != nullptr && start->CertainlySince(day + 1)) return true;
  if (end != nullptr && end->CertainlyUntil(day - 1)) return true;
  // On the day on which it had ended already, nobody held it any more.
  if (CertainlyBefore(candidate.tenure->ended_by(), day + 1)) return true;
  if (IsYetToCome(*candidate.tenure, day)) return true;
  if (CertainlyBefore(post.end(), day)) return true;
  const auto* person = directory.Find<people::v1::Person>(candidate.tenure->person());
  return person != nullptr && CertainlyBefore(person->death(), day);
}

// By attestations alone. One that its source only implies makes the holder implied.
Holding ByAttestations(const Candidate& candidate, absl::CivilDay day) {
  Holding certain{candidate.tenure, types::v1::CERTAINTY_CERTAIN, {}};
  Holding implied{candidate.tenure, types::v1::CERTAINTY_IMPLIED, {}};
  Holding possible{candidate.tenure, types::v1::CERTAINTY_POSSIBLE, {}};
  for (const Sighting& sighting : candidate.sightings) {
    if (sighting.kind != Sighting::Kind::kAttestation) continue;
    const WindowMatch match = chronology::MatchWindow(
        sighting.date, {day, day}, chronology::WindowMode::kOverlaps, sighting.as_of);
    if (match == WindowMatch::kCertain) {
      (sighting.stated ? certain : implied).decided_by.push_back(sighting.attestation);
    }
    if (match == WindowMatch::kPossible) possible.decided_by.push_back(sighting.attestation);
  }
  if (!certain.decided_by.empty()) return certain;
  if (!implied.decided_by.empty()) return implied;
  if (!possible.decided_by.empty()) return possible;
  return {candidate.tenure, types::v1::CERTAINTY_UNKNOWN, {}};
}

// By the stated start and end alone; needs both.
Certainty ByBounds(const Candidate& candidate, DayNumber day) {
  const Sighting* start = candidate.Find(Sighting::Kind::kStart);
  const Sighting* end = candidate.Find(Sighting::Kind::kEnd);
  if (start == nullptr || end == nullptr) return types::v1::CERTAINTY_UNKNOWN;
  if (start->CertainlyUntil(day) && end->CertainlySince(day)) return types::v1::CERTAINTY_CERTAIN;
  return types::v1::CERTAINTY_POSSIBLE;  // neither excludes the day, see IsExcluded()
}

// The closest sightings that certainly lie on both sides of the day; null where there is none.
std::pair<const Sighting*, const Sighting*> Brackets(const Candidate& candidate, DayNumber day) {
  const Sighting* before = nullptr;
  const Sighting* after = nullptr;
  for (const Sighting& sighting : candidate.sightings) {
    if (sighting.CertainlyUntil(day) && (before == nullptr || sighting.latest > before->latest)) {
      before = &sighting;
    }
    if (sighting.CertainlySince(day) && (after == nullptr || sighting.earliest < after->earliest)) {
      after = &sighting;
    }
  }
  return {before, after};
}

// Whether somebody else can have been seen in the post after `from` and before `to`.
bool SomebodyElseBetween(const Candidate& holder, const std::vector<Candidate>& candidates,
                         DayNumber from, DayNumber to) {
  for (const Candidate& other : candidates) {
    const bool same_person =
        !other.tenure->person().empty() && other.tenure->person() == holder.tenure->person();
    if (other.tenure == holder.tenure || same_person) continue;
    for (const Sighting& sighting : other.sightings) {
      if (sighting.latest > from && sighting.earliest < to) return true;
    }
  }
  return false;
}

Holding Decide(const Candidate& candidate, const std::vector<Candidate>& candidates,
               const Post& post, absl::CivilDay civil_day) {
  const DayNumber day = chronology::DayNumberOf(civil_day);
  Holding seen = ByAttestations(candidate, civil_day);
  if (seen.certainty == types::v1::CERTAINTY_CERTAIN) return seen;
  const Certainty bounds = ByBounds(candidate, day);
  if (bounds == types::v1::CERTAINTY_CERTAIN) return {candidate.tenure, bounds, {}};
  if (seen.certainty == types::v1::CERTAINTY_IMPLIED) return seen;
  const auto [before, after] = Brackets(candidate, day);
  if (before != nullptr && after != nullptr &&
      (post.multiple_holders() ||
       !SomebodyElseBetween(candidate, candidates, before->latest, after->earliest))) {
    Holding implied{candidate.tenure, types::v1::CERTAINTY_IMPLIED, {}};
    for (const Sighting* sighting : {before, after}) {
      if (!sighting->attestation.empty()) implied.decided_by.push_back(sighting->attestation);
    }
    return implied;
  }
  if (seen.certainty == types::v1::CERTAINTY_POSSIBLE) return seen;
  return {candidate.tenure, bounds, {}};
}

int Strength(Certainty certainty) {
  switch (certainty) {
    case types::v1::CERTAINTY_CERTAIN:
      return 0;
    case types::v1::CERTAINTY_IMPLIED:
      return 1;
    case types::v1::CERTAINTY_POSSIBLE:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

std::vector<Holding> DecideHolders(const Post& post, const std::vector<Tenure>& tenures,
                                   const Directory& directory, absl::CivilDay day) {
  std::vector<Candidate> candidates;
  for (const Tenure& tenure : tenures) candidates.push_back({&tenure, SightingsOf(tenure)});
  std::vector<Holding> holdings;
  for (const Candidate& candidate : candidates) {
    if (IsExcluded(candidate, post, directory, chronology::DayNumberOf(day))) continue;
    Holding holding = Decide(candidate, candidates, post, day);
    if (holding.certainty != types::v1::CERTAINTY_UNKNOWN) holdings.push_back(std::move(holding));
  }
  std::sort(holdings.begin(), holdings.end(), [](const Holding& a, const Holding& b) {
    return std::forward_as_tuple(Strength(a.certainty), a.tenure->name()) <
           std::forward_as_tuple(Strength(b.certainty), b.tenure->name());
  });
  if (holdings.empty()) holdings.emplace_back();
  return holdings;
}

std::vector<v1::OfficeHolder> MakeHolders(const Post& post, const std::vector<Tenure>& tenures,
                                          const Directory& directory, absl::CivilDay day) {
  std::vector<v1::OfficeHolder> holders;
  for (const Holding& holding : DecideHolders(post, tenures, directory, day)) {
    v1::OfficeHolder& holder = holders.emplace_back();
    *holder.mutable_post() = post;
    holder.set_post_title(DisplayName(post.titles(), day));
    if (holder.post_title().empty()) holder.set_post_title(IdOf(post.name()));
    holder.set_certainty(holding.certainty);
    if (holding.tenure == nullptr) continue;
    *holder.mutable_tenure() = *holding.tenure;
    holder.set_person_name(directory.NameOf(holding.tenure->person(), day));
    for (const std::string& id : holding.decided_by) holder.add_decided_by(id);
  }
  return holders;
}

}  // namespace chancery::gateway::dossier
