#include "gateway/dossier/sighting.h"

#include <utility>

#include "gateway/dossier/dates.h"

namespace chancery::gateway::dossier {
namespace {

using people::v1::Milestone;

std::optional<absl::CivilDay> AsOf(const people::v1::Attestation& attestation) {
  for (const types::v1::Citation& citation : attestation.citations()) {
    if (const auto as_of = Read(citation.as_of_source()); as_of) return as_of->earliest();
  }
  return std::nullopt;
}

void AddIfStated(Sighting::Kind kind, const std::string& attestation, const types::v1::Date& stated,
                 std::optional<absl::CivilDay> as_of, types::v1::Basis basis,
                 std::vector<Sighting>& sightings) {
  auto date = Read(stated);
  if (!date) return;
  const auto earliest = chronology::EarliestNumber(date->earliest());
  const auto latest = chronology::LatestNumber(date->latest());
  const bool reliable = date->qualifier() == chronology::Qualifier::kExact;
  sightings.push_back({kind, attestation, *std::move(date), earliest, latest, reliable, as_of,
                       basis != types::v1::BASIS_IMPLIED && basis != types::v1::BASIS_DERIVED});
}

// Whether the step is taken by who holds the post already.
bool IsInOffice(const Milestone& milestone) {
  return milestone.kind() == Milestone::ENTERED_DUTY ||
         milestone.kind() == Milestone::CREDENTIALS_PRESENTED;
}

}  // namespace

std::vector<Sighting> SightingsOf(const people::v1::Tenure& tenure) {
  std::vector<Sighting> sightings;
  constexpr auto kExplicit = types::v1::BASIS_EXPLICIT;
  AddIfStated(Sighting::Kind::kStart, "", tenure.start(), std::nullopt, kExplicit, sightings);
  AddIfStated(Sighting::Kind::kEnd, "", tenure.end(), std::nullopt, kExplicit, sightings);
  for (const people::v1::Attestation& attestation : tenure.attestations()) {
    AddIfStated(Sighting::Kind::kAttestation, attestation.id(), attestation.time(),
                AsOf(attestation), attestation.basis(), sightings);
  }
  for (const Milestone& milestone : tenure.milestones()) {
    if (!IsInOffice(milestone)) continue;
    AddIfStated(Sighting::Kind::kAttestation, milestone.id(), milestone.time(), std::nullopt,
                kExplicit, sightings);
  }
  return sightings;
}

}  // namespace chancery::gateway::dossier
