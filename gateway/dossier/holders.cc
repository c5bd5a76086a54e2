#include "gateway/dossier/holders.h"

#include <algorithm>
#include <optional>
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

using v1::OfficeHolder;

// Why a tenure can not have been the one of the day.
struct Exclusion {
  OfficeHolder::Standing standing;
  std::string by;  // what ended it
};

std::optional<Exclusion> ExclusionOf(const Candidate& candidate, const Post& post,
                                     const Directory& directory, DayNumber day) {
  const Tenure& tenure = *candidate.tenure;
  const Sighting* start = candidate.Find(Sighting::Kind::kStart);
  const Sighting* end = candidate.Find(Sighting::Kind::kEnd);
  const bool yet_to_come = start != nullptr && start->CertainlySince(day + 1);
  if (yet_to_come || IsYetToCome(tenure, day)) return Exclusion{OfficeHolder::YET_TO_COME, ""};
  // On the day on which it had ended already, nobody held it any more.
  if ((end != nullptr && end->CertainlyUntil(day - 1)) ||
      CertainlyBefore(tenure.ended_by(), day + 1)) {
    return Exclusion{OfficeHolder::ENDED, tenure.name()};
  }
  if (CertainlyBefore(post.end(), day)) return Exclusion{OfficeHolder::ENDED, post.name()};
  const auto* person = directory.Find<people::v1::Person>(tenure.person());
  if (person != nullptr && CertainlyBefore(person->death(), day)) {
    return Exclusion{OfficeHolder::ENDED, person->name()};
  }
  return std::nullopt;
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

std::vector<Candidate> CandidatesOf(const std::vector<Tenure>& tenures) {
  std::vector<Candidate> candidates;
  candidates.reserve(tenures.size());
  for (const Tenure& tenure : tenures) candidates.push_back({&tenure, SightingsOf(tenure)});
  return candidates;
}

// By certainty, then by name; one that is unknown if there is none.
std::vector<Holding> Sorted(std::vector<Holding> holdings) {
  std::sort(holdings.begin(), holdings.end(), [](const Holding& a, const Holding& b) {
    return std::forward_as_tuple(Strength(a.certainty), a.tenure->name()) <
           std::forward_as_tuple(Strength(b.certainty), b.tenure->name());
  });
  if (holdings.empty()) holdings.emplace_back();
  return holdings;
}

// Those who are attested in office at the event.
std::vector<Holding> SeenAt(const events::v1::Event& event, const std::vector<Tenure>& tenures) {
  std::vector<Holding> seen;
  for (const Tenure& tenure : tenures) {
    for (const people::v1::Attestation& one : tenure.attestations()) {
      if (one.event() != event.name()) continue;
      const bool stated =
          one.basis() != types::v1::BASIS_IMPLIED && one.basis() != types::v1::BASIS_DERIVED;
      seen.push_back({&tenure,
                      stated ? types::v1::CERTAINTY_CERTAIN : types::v1::CERTAINTY_IMPLIED,
                      {one.id()}});
      break;
    }
  }
  return seen;
}

// The weaker of what two days give; one that only one of them gives is possible.
std::vector<Holding> DecideThroughout(const Office& office, const Directory& directory,
                                      absl::CivilDay first, absl::CivilDay last) {
  std::vector<Holding> decided = DecideHolders(office.post, office.tenures, directory, first);
  std::erase_if(decided, [](const Holding& one) { return one.tenure == nullptr; });
  if (first == last) return decided;
  std::vector<Holding> at_last = DecideHolders(office.post, office.tenures, directory, last);
  std::erase_if(at_last, [](const Holding& one) { return one.tenure == nullptr; });
  for (Holding& holding : decided) {
    const auto other = std::find_if(at_last.begin(), at_last.end(), [&](const Holding& one) {
      return one.tenure == holding.tenure;
    });
    if (other == at_last.end()) {
      holding.certainty = types::v1::CERTAINTY_POSSIBLE;
      continue;
    }
    if (Strength(other->certainty) > Strength(holding.certainty)) {
      holding.certainty = other->certainty;
    }
    for (std::string& id : other->decided_by) {
      auto& ids = holding.decided_by;
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
    at_last.erase(other);
  }
  for (Holding& holding : at_last) {
    holding.certainty = types::v1::CERTAINTY_POSSIBLE;
    decided.push_back(std::move(holding));
  }
  return decided;
}

OfficeHolder MakeHolder(const Post& post, const Holding& holding, const Directory& directory,
                        absl::CivilDay day) {
  OfficeHolder holder;
  *holder.mutable_post() = post;
  holder.set_post_title(DisplayName(post.titles(), day));
  if (holder.post_title().empty()) holder.set_post_title(IdOf(post.name()));
  holder.set_certainty(holding.certainty);
  const bool held = holding.certainty == types::v1::CERTAINTY_CERTAIN ||
                    holding.certainty == types::v1::CERTAINTY_IMPLIED;
  holder.set_standing(held ? OfficeHolder::IN_OFFICE : OfficeHolder::UNDECIDED);
  if (holding.tenure == nullptr) return holder;
  *holder.mutable_tenure() = *holding.tenure;
  holder.set_person_name(directory.NameOf(holding.tenure->person(), day));
  for (const std::string& id : holding.decided_by) holder.add_decided_by(id);
  return holder;
}

}  // namespace

std::vector<Holding> DecideHolders(const Post& post, const std::vector<Tenure>& tenures,
                                   const Directory& directory, absl::CivilDay day) {
  const std::vector<Candidate> candidates = CandidatesOf(tenures);
  std::vector<Holding> holdings;
  for (const Candidate& candidate : candidates) {
    if (ExclusionOf(candidate, post, directory, chronology::DayNumberOf(day))) continue;
    Holding holding = Decide(candidate, candidates, post, day);
    if (holding.certainty != types::v1::CERTAINTY_UNKNOWN) holdings.push_back(std::move(holding));
  }
  return Sorted(std::move(holdings));
}

std::vector<OfficeHolder> MakeHolders(const Office& office, const Directory& directory,
                                      absl::CivilDay day) {
  std::vector<OfficeHolder> holders;
  for (const Holding& holding : DecideHolders(office.post, office.tenures, directory, day)) {
    holders.push_back(MakeHolder(office.post, holding, directory, day));
  }
  return holders;
}

std::vector<OfficeHolder> MakeHoldersAt(const events::v1::Event& event, const Office& office,
                                        const Directory& directory) {
  const auto date = Read(event.time());
  std::optional<absl::CivilDay> first, last;
  if (date && date->earliest() && date->latest()) {
    first = date->earliest();
    last = date->latest();
  }
  std::vector<Holding> holdings = SeenAt(event, office.tenures);
  if (first) {
    const auto seen = static_cast<ptrdiff_t>(holdings.size());
    for (Holding& holding : DecideThroughout(office, directory, *first, *last)) {
      const bool known =
          std::any_of(holdings.begin(), holdings.begin() + seen,
                      [&](const Holding& one) { return one.tenure == holding.tenure; });
      if (!known) holdings.push_back(std::move(holding));
    }
  }
  const absl::CivilDay day = first.value_or(absl::CivilDay());
  std::vector<OfficeHolder> holders;
  for (const Holding& holding : Sorted(std::move(holdings))) {
    holders.push_back(MakeHolder(office.post, holding, directory, day));
  }
  return holders;
}

std::vector<OfficeHolder> MakeTenuresOf(const std::string& person, const Office& office,
                                        const Directory& directory, absl::CivilDay day) {
  const std::vector<Candidate> candidates = CandidatesOf(office.tenures);
  std::vector<OfficeHolder> holders;
  for (const Candidate& candidate : candidates) {
    if (candidate.tenure->person() != person) continue;
    const auto exclusion =
        ExclusionOf(candidate, office.post, directory, chronology::DayNumberOf(day));
    const Holding holding =
        exclusion ? Holding{candidate.tenure} : Decide(candidate, candidates, office.post, day);
    OfficeHolder& holder = holders.emplace_back(MakeHolder(office.post, holding, directory, day));
    if (!exclusion) continue;
    holder.set_standing(exclusion->standing);
    holder.set_ended_by(exclusion->by);
  }
  std::stable_sort(holders.begin(), holders.end(),
                   [](const auto& a, const auto& b) { return a.standing() < b.standing(); });
  return holders;
}

}  // namespace chancery::gateway::dossier
