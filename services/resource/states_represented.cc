#include "services/resource/states_represented.h"

#include "services/resource/catalog.h"

namespace chancery::resource {
namespace {

void AddState(const std::string& name, std::set<std::string>& states) {
  if (CollectionOf(name) == "states") states.insert(name);
}

}  // namespace

void AddStatesRepresented(
    const google::protobuf::RepeatedPtrField<types::v1::Participant>& participants,
    std::set<std::string>& states) {
  for (const types::v1::Participant& participant : participants) {
    AddState(participant.represents(), states);
    AddState(participant.side().state(), states);
    for (const types::v1::Capacity& capacity : participant.capacities()) {
      AddState(capacity.on_behalf_of(), states);
    }
  }
}

}  // namespace chancery::resource
