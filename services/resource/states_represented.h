#ifndef CHANCERY_SERVICES_RESOURCE_STATES_REPRESENTED_H_
#define CHANCERY_SERVICES_RESOURCE_STATES_REPRESENTED_H_

#include <set>
#include <string>

#include "chancery/types/v1/participant.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace chancery::resource {

// Adds the states that participants represent, be it in person, as a side or in a capacity.
void AddStatesRepresented(
    const google::protobuf::RepeatedPtrField<types::v1::Participant>& participants,
    std::set<std::string>& states);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_STATES_REPRESENTED_H_
