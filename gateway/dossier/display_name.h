#ifndef CHANCERY_GATEWAY_DOSSIER_DISPLAY_NAME_H_
#define CHANCERY_GATEWAY_DOSSIER_DISPLAY_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "chancery/types/v1/name.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace chancery::gateway::dossier {

using Names = google::protobuf::RepeatedPtrField<types::v1::Name>;

// Which of a thing's names to show on a day: the first published one that can have been valid then,
// else the first published one, else the first; empty if there is none. Never composed or derived.
std::string DisplayName(const Names& names, absl::CivilDay day);

// What stands in for the name of a thing whose record is not at hand: its id
// ("posts/prime-minister" gives "prime-minister").
std::string IdOf(absl::string_view resource_name);

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_DISPLAY_NAME_H_
