#include "services/events/series_spec.h"

#include <set>
#include <string>
#include <vector>

#include "chancery/events/v1/series.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"
#include "services/resource/states_represented.h"

namespace chancery::events {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Series& AsSeries(const Message& record) { return static_cast<const v1::Series&>(record); }

std::vector<std::string> StatesInvolved(const Message& record) {
  const v1::Series& series = AsSeries(record);
  std::set<std::string> states(series.states().begin(), series.states().end());
  resource::AddStatesRepresented(series.participants(), states);
  return {states.begin(), states.end()};
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Series::Kind_Name(AsSeries(record).kind()), keys);
         }},
    {.id = 2,
     .name = "by_organization",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsSeries(record).organization(), keys); }},
    {.id = 3,
     .name = "by_matter",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& matter : AsSeries(record).matters()) {
             resource::AddKey(matter, keys);
           }
         }},
    {.id = 4,
     .name = "by_involved_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& state : StatesInvolved(record)) resource::AddKey(state, keys);
         }},
    {.id = 5,
     .name = "by_person",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsSeries(record).participants()) {
             resource::AddKey(one.person(), keys);
           }
         }},
    {.id = 6,
     .name = "by_participating_organization",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsSeries(record).participants()) {
             resource::AddKey(one.organization(), keys);
           }
         }},
    {.id = 7,
     .name = "by_post",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsSeries(record).posts()) {
             resource::AddKey(one, keys);
           }
         }},
    {.id = 8,
     .name = "by_place",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsSeries(record).venue().place(), keys); }},
    {.id = 9, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& SeriesSpec() {
  static const storage::TableSpec table = {.id = 2,
                                           .name = "series",
                                           .derivation_version = 4,
                                           .prototype = &v1::Series::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"organization"}, resource::Order::kName},
                       {&kIndexes[2], {"matters"}, resource::Order::kName},
                       {&kIndexes[3], {"involves"}, resource::Order::kName},
                       {&kIndexes[4], {"participants.person"}, resource::Order::kName},
                       {&kIndexes[5], {"participants.organization"}, resource::Order::kName},
                       {&kIndexes[6], {"posts"}, resource::Order::kName},
                       {&kIndexes[7], {"venue.place"}, resource::Order::kName},
                       {&kIndexes[8], {"cites"}, resource::Order::kName},
                       {&kIndexes[9], {"contested"}, resource::Order::kName}},
      .virtual_fields = {{"involves", StatesInvolved}, resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsSeries(record).since(), {}, day);
          },
  };
  return *spec;
}

}  // namespace chancery::events
