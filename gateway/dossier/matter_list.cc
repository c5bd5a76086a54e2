#include "gateway/dossier/matter_list.h"

#include <string>
#include <utility>

namespace chancery::gateway::dossier {
namespace {

using agreements::v1::Matter;
using agreements::v1::Position;
using agreements::v1::PositionHolder;
using agreements::v1::Statistic;

const std::string& WhoOf(const PositionHolder& holder) {
  switch (holder.who_case()) {
    case PositionHolder::kPerson:
      return holder.person();
    case PositionHolder::kOrganization:
      return holder.organization();
    case PositionHolder::kSource:
      return holder.source();
    default:
      return holder.state();
  }
}

}  // namespace

void AddReferences(const Matter& matter, NameSet& names) {
  names.insert(matter.states().begin(), matter.states().end());
}

void AddReferences(const Position& position, NameSet& names) {
  for (const PositionHolder& holder : position.holders()) {
    if (!WhoOf(holder).empty()) names.insert(WhoOf(holder));
  }
}

void AddReferences(const Statistic& statistic, NameSet& names) {
  names.insert(statistic.subject().target());
  if (!statistic.population().empty()) names.insert(statistic.population());
}

v1::MatterEntry MakeEntry(Matter matter, std::vector<Position> positions, bool complete,
                          const Directory& directory, absl::CivilDay valid_at) {
  v1::MatterEntry entry;
  for (const std::string& state : matter.states()) {
    entry.add_state_names(directory.NameOf(state, valid_at));
  }
  entry.mutable_position_count()->set_value(static_cast<int64_t>(positions.size()));
  entry.mutable_position_count()->set_comparator(complete ? types::v1::Count::EQ
                                                          : types::v1::Count::GE);
  for (Position& position : positions) {
    v1::PositionEntry& held = *entry.add_positions();
    for (const PositionHolder& holder : position.holders()) {
      held.add_holder_names(directory.NameOf(WhoOf(holder), valid_at));
    }
    *held.mutable_position() = std::move(position);
  }
  *entry.mutable_matter() = std::move(matter);
  return entry;
}

v1::StatisticEntry MakeEntry(Statistic statistic, const Directory& directory,
                             absl::CivilDay valid_at) {
  v1::StatisticEntry entry;
  entry.set_subject_name(directory.NameOf(statistic.subject().target(), valid_at));
  entry.set_population_name(directory.NameOf(statistic.population(), valid_at));
  *entry.mutable_statistic() = std::move(statistic);
  return entry;
}

}  // namespace chancery::gateway::dossier
