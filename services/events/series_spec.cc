#include "services/events/series_spec.h"

#include <set>
#include <string>
#include <vector>

#include "chancery/events/v1/series.pb.h"
#include "services/events/states_represented.h"
#include "services/resource/index_keys.h"

namespace chancery::events {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Series& AsSeries(const Message& record) { return static_cast<const v1::Series&>(record); }

std::vector<std::string> StatesInvolved(const Message& record) {
  const v1::Series& series = AsSeries(record);
  std::set<std::string> states(series.states().begin(), series.states().end());
  AddStatesRepresented(series.participants(), states);
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
};

}  // namespace

const resource::ResourceSpec& SeriesSpec() {
  static const storage::TableSpec table = {.id = 2,
                                           .name = "series",
                                           .derivation_version = 1,
                                           .prototype = &v1::Series::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"organization"}, resource::Order::kName},
                       {&kIndexes[2], {"matters"}, resource::Order::kName},
                       {&kIndexes[3], {"involves"}, resource::Order::kName}},
      .virtual_fields = {{"involves", StatesInvolved}},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsSeries(record).since(), {}, day);
          },
  };
  return *spec;
}

}  // namespace chancery::events
