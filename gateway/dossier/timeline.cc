#include "gateway/dossier/timeline.h"

#include <string>
#include <utility>

#include "gateway/dossier/dates.h"
#include "gateway/dossier/represented_state.h"
#include "proto/errors/error.h"

namespace chancery::gateway::dossier {
namespace {

using events::v1::Event;
using types::v1::Capacity;
using types::v1::Participant;

void AddIfSet(const std::string& name, NameSet& names) {
  if (!name.empty()) names.insert(name);
}

// The person, post or organisation; empty for groups and sides.
const std::string& WhoOf(const Participant& participant) {
  static const auto& none = *new std::string;
  switch (participant.who_case()) {
    case Participant::kPerson:
      return participant.person();
    case Participant::kPost:
      return participant.post();
    case Participant::kOrganization:
      return participant.organization();
    default:
      return none;
  }
}

std::string DisplayNameOf(const Participant& participant, const Directory& directory,
                          absl::CivilDay valid_at, absl::CivilDay day) {
  switch (participant.who_case()) {
    case Participant::kGroup:
      return participant.group().label();
    case Participant::kSide:
      return participant.side().as_stated().empty()
                 ? directory.NameOf(participant.side().state(), valid_at)
                 : participant.side().as_stated();
    case Participant::kPost:
      return directory.NameOf(participant.post(), day);
    default:
      return directory.NameOf(WhoOf(participant), valid_at);
  }
}

void FillLine(const Participant& participant, const Directory& directory, absl::CivilDay valid_at,
              absl::CivilDay day, v1::ParticipantLine& line) {
  line.set_participant(participant.id());
  line.set_display_name(DisplayNameOf(participant, directory, valid_at, day));
  for (const Capacity& capacity : participant.capacities()) {
    line.add_titles(capacity.title_as_stated().empty() ? directory.NameOf(capacity.post(), day)
                                                       : capacity.title_as_stated());
  }
  line.set_state(RepresentedState(participant, directory));
  line.set_state_name(directory.NameOf(line.state(), valid_at));
  line.set_role(participant.role());
}

absl::CivilDay DayOf(const Event& event, absl::CivilDay otherwise) {
  const auto time = Read(event.time());
  return time && time->earliest() ? *time->earliest() : otherwise;
}

// All of an entry but the event.
template <typename Entry>
void FillEntry(const Event& event, const Directory& directory, absl::CivilDay valid_at,
               Entry& entry) {
  const absl::CivilDay day = DayOf(event, valid_at);
  for (const Participant& participant : event.participants()) {
    FillLine(participant, directory, valid_at, day, *entry.add_participants());
  }
  entry.set_host_event_title(directory.NameOf(event.host_event(), day));
  for (const std::string& parent : event.parents()) {
    entry.add_parent_titles(directory.NameOf(parent, day));
  }
  for (const auto& membership : event.series()) {
    entry.add_series_titles(directory.NameOf(membership.series(), day));
  }
}

}  // namespace

absl::StatusOr<TimelineEvent> ReadEvent(std::string bytes) {
  TimelineEvent event;
  if (!event.record.ParseFromString(bytes)) {
    return errors::Error(types::v1::INTERNAL_FAULT, "a reply is no list of events");
  }
  event.bytes = std::move(bytes);
  event.key = {SortKeyOf(event.record.time()), event.record.name()};
  return event;
}

void AddReferences(const Event& event, NameSet& names) {
  for (const Participant& participant : event.participants()) {
    AddIfSet(WhoOf(participant), names);
    AddIfSet(participant.represents(), names);
    AddIfSet(participant.affiliation(), names);
    if (participant.has_side()) AddIfSet(participant.side().state(), names);
    for (const Capacity& capacity : participant.capacities()) {
      AddIfSet(capacity.post(), names);
      AddIfSet(capacity.on_behalf_of(), names);
    }
  }
  AddIfSet(event.host_event(), names);
  for (const std::string& parent : event.parents()) AddIfSet(parent, names);
  for (const auto& membership : event.series()) AddIfSet(membership.series(), names);
}

void AddFurtherReferences(const Event& event, const Directory& directory, NameSet& names) {
  for (const Participant& participant : event.participants()) {
    AddIfSet(RepresentedState(participant, directory), names);
  }
}

v1::PassedEntry MakeEntry(TimelineEvent event, const Directory& directory,
                          absl::CivilDay valid_at) {
  v1::PassedEntry entry;
  FillEntry(event.record, directory, valid_at, entry);
  entry.set_event(std::move(event.bytes));
  return entry;
}

v1::TimelineEntry MakeEntry(Event event, const Directory& directory, absl::CivilDay valid_at) {
  v1::TimelineEntry entry;
  FillEntry(event, directory, valid_at, entry);
  *entry.mutable_event() = std::move(event);
  return entry;
}

}  // namespace chancery::gateway::dossier
