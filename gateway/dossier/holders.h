#ifndef CHANCERY_GATEWAY_DOSSIER_HOLDERS_H_
#define CHANCERY_GATEWAY_DOSSIER_HOLDERS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/people/v1/tenure.pb.h"
#include "gateway/dossier/directory.h"

namespace chancery::gateway::dossier {

// Who held a post on a day, decided from what its tenures state. A record of offices has gaps: most
// tenures are known by a start, an end, or a few days on which the holder was seen in office. These
// dates are the tenure's sightings, and from the strongest to the weakest they say:
//
//   CERTAIN   an attestation covers the day under every reading of its date, or the stated start
//             and the stated end certainly enclose it
//   IMPLIED   one sighting certainly lies before the day and another after it, and, if the post has
//             one holder at a time, nobody else can have been seen in it between the two
//   POSSIBLE  a date coarser than the day may include it (an attestation in `2009-05`), or a start
//             and an end of which one is too coarse to tell
//
// Otherwise the holder is unknown: neither the last one seen before the day nor the next one after
// it is guessed. An end that certainly lies before the day, that it had ended by then, a start or a
// step into the post after it, the post's own end or the holder's death exclude a tenure, whatever
// else it says. Taking up the duties and presenting the credentials count as attestations.
struct Holding {
  const people::v1::Tenure* tenure = nullptr;  // null if unknown
  types::v1::Certainty certainty = types::v1::CERTAINTY_UNKNOWN;
  std::vector<std::string> decided_by;  // ids of attestations and milestones
};

// At least one: by certainty, then by the tenure's name; a single unknown one if nothing is known.
// `tenures` are those of the post and must outlive the result; `directory` may have their people.
std::vector<Holding> DecideHolders(const people::v1::Post& post,
                                   const std::vector<people::v1::Tenure>& tenures,
                                   const Directory& directory, absl::CivilDay day);

// A post with all of its tenures, which a decision about any of them needs.
struct Office {
  people::v1::Post post;
  std::vector<people::v1::Tenure> tenures;
};

// Makes the decisions readable.
std::vector<v1::OfficeHolder> MakeHolders(const Office& office, const Directory& directory,
                                          absl::CivilDay day);

// Who held the post at an event. An attestation at this very event decides. Else, if the event has
// a date vaguer than a day, a tenure counts as the weaker of what the first and the last possible
// day give; if it has none, the holder is unknown.
std::vector<v1::OfficeHolder> MakeHoldersAt(const events::v1::Event& event, const Office& office,
                                            const Directory& directory);

// All tenures of a person in the post, also those that had ended or were still to come: in office,
// undecided, yet to come, ended.
std::vector<v1::OfficeHolder> MakeTenuresOf(const std::string& person, const Office& office,
                                            const Directory& directory, absl::CivilDay day);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_HOLDERS_H_
