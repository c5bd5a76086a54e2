#ifndef CHANCERY_GATEWAY_DOSSIER_SIGHTING_H_
#define CHANCERY_GATEWAY_DOSSIER_SIGHTING_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/people/v1/tenure.pb.h"
#include "services/chronology/day_number.h"
#include "services/chronology/edtf.h"

namespace chancery::gateway::dossier {

// A date on which a tenure's holder was in office, as far as the date tells.
struct Sighting {
  enum class Kind { kStart, kEnd, kAttestation };

  Kind kind;
  std::string attestation;  // its id, or the milestone's
  chronology::Edtf date;
  // The first and the last day that it can mean.
  chronology::DayNumber earliest;
  chronology::DayNumber latest;
  // Without a qualifier: its bounds can be relied on.
  bool reliable;
  // The day for which its source speaks.
  std::optional<absl::CivilDay> as_of;
  // The source says it; false where it is only implied or derived.
  bool stated;

  bool CertainlyUntil(chronology::DayNumber day) const { return reliable && latest <= day; }
  bool CertainlySince(chronology::DayNumber day) const { return reliable && earliest >= day; }
};

// The start, the end, the attestations, and the milestones of who is in office, as far as they are
// stated.
std::vector<Sighting> SightingsOf(const people::v1::Tenure& tenure);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_SIGHTING_H_
