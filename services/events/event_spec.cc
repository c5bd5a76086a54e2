#include "services/events/event_spec.h"

#include <set>
#include <string>
#include <vector>

#include "chancery/events/v1/event.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"
#include "services/resource/states_represented.h"
#include "services/resource/window_index.h"

namespace chancery::events {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Event& AsEvent(const Message& record) { return static_cast<const v1::Event&>(record); }

resource::TimeKey TimeOf(const Message& record) {
  return resource::TimeKeyOf(AsEvent(record).time());
}

// The states that an event is known to have been between, from what it says itself.
std::vector<std::string> StatesInvolved(const Message& record) {
  const v1::Event& event = AsEvent(record);
  std::set<std::string> states(event.states().begin(), event.states().end());
  resource::AddStatesRepresented(event.participants(), states);
  for (const std::string& state : {event.initiated_by(), event.destination()}) {
    if (!state.empty()) states.insert(state);
  }
  return {states.begin(), states.end()};
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_time",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddTimeKey(TimeOf(record), keys); }},
    {.id = 2,
     .name = "by_involved_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& state : StatesInvolved(record)) {
             resource::AddTimedKey(state, TimeOf(record), keys);
           }
         }},
    {.id = 3,
     .name = "by_person",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& participant : AsEvent(record).participants()) {
             resource::AddTimedKey(participant.person(), TimeOf(record), keys);
           }
         }},
    {.id = 4,
     .name = "by_unnamed_post",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& participant : AsEvent(record).participants()) {
             resource::AddTimedKey(participant.post(), TimeOf(record), keys);
           }
         }},
    {.id = 5,
     .name = "by_capacity",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& participant : AsEvent(record).participants()) {
             for (const auto& capacity : participant.capacities()) {
               resource::AddTimedKey(capacity.post(), TimeOf(record), keys);
             }
           }
         }},
    {.id = 6,
     .name = "by_series",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& membership : AsEvent(record).series()) {
             resource::AddTimedKey(membership.series(), TimeOf(record), keys);
           }
         }},
    {.id = 7,
     .name = "by_parent",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& parent : AsEvent(record).parents()) {
             resource::AddTimedKey(parent, TimeOf(record), keys);
           }
         }},
    {.id = 8,
     .name = "by_host_event",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(AsEvent(record).host_event(), TimeOf(record), keys);
         }},
    {.id = 9,
     .name = "by_agreement",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& agreement : AsEvent(record).agreements()) {
             resource::AddTimedKey(agreement, TimeOf(record), keys);
           }
         }},
    {.id = 10,
     .name = "by_matter",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& matter : AsEvent(record).matters()) {
             resource::AddTimedKey(matter, TimeOf(record), keys);
           }
         }},
    {.id = 11,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(v1::Event::Kind_Name(AsEvent(record).kind()), TimeOf(record),
                                 keys);
         }},
    {.id = 12,
     .name = "by_place",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(AsEvent(record).venue().place(), TimeOf(record), keys);
         }},
    {.id = 13,
     .name = "by_organization",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsEvent(record).participants()) {
             resource::AddTimedKey(one.organization(), TimeOf(record), keys);
           }
         }},
    {.id = 14,
     .name = "by_relation",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsEvent(record).relations()) {
             resource::AddTimedKey(one.target(), TimeOf(record), keys);
           }
         }},
    {.id = 15,
     .name = "by_programme",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(AsEvent(record).programme(), TimeOf(record), keys);
         }},
    {.id = 16,
     .name = "by_cited_source",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddTimedCites(record, TimeOf(record), keys); }},
    resource::kContestedIndex,
    {.id = 17,
     .name = "by_days",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           const resource::TimeKey time = TimeOf(record);
           resource::AddDaysKeys("", time, keys);
           for (const std::string& state : StatesInvolved(record)) {
             resource::AddDaysKeys(state, time, keys);
           }
         }},
};

}  // namespace

const resource::ResourceSpec& EventSpec() {
  static const storage::TableSpec table = {.id = 1,
                                           .name = "events",
                                           .derivation_version = 5,
                                           .prototype = &v1::Event::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .default_order = resource::Order::kTime,
      .list_indexes = {{&kIndexes[0], {}, resource::Order::kTime},
                       {&kIndexes[1], {"involves"}, resource::Order::kTime},
                       {&kIndexes[2], {"participants.person"}, resource::Order::kTime},
                       {&kIndexes[3], {"participants.post"}, resource::Order::kTime},
                       {&kIndexes[4], {"participants.capacities.post"}, resource::Order::kTime},
                       {&kIndexes[5], {"series.series"}, resource::Order::kTime},
                       {&kIndexes[6], {"parents"}, resource::Order::kTime},
                       {&kIndexes[7], {"host_event"}, resource::Order::kTime},
                       {&kIndexes[8], {"agreements"}, resource::Order::kTime},
                       {&kIndexes[9], {"matters"}, resource::Order::kTime},
                       {&kIndexes[10], {"kind"}, resource::Order::kTime},
                       {&kIndexes[11], {"venue.place"}, resource::Order::kTime},
                       {&kIndexes[12], {"participants.organization"}, resource::Order::kTime},
                       {&kIndexes[13], {"relations.target"}, resource::Order::kTime},
                       {&kIndexes[14], {"programme"}, resource::Order::kTime},
                       {&kIndexes[15], {"cites"}, resource::Order::kTime},
                       {&kIndexes[16], {"contested"}, resource::Order::kName}},
      .window_indexes = {{&kIndexes[17], &kIndexes[0], "time", ""},
                         {&kIndexes[17], &kIndexes[1], "time", "involves"}},
      .virtual_fields = {{"involves", StatesInvolved}, resource::kCites},
      .parent_field = "parents",
  };
  return *spec;
}

}  // namespace chancery::events
