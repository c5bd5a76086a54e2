#include "services/agreements/statistic_spec.h"

#include "chancery/agreements/v1/statistic.pb.h"
#include "services/agreements/subjects.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Statistic& AsStatistic(const Message& record) {
  return static_cast<const v1::Statistic&>(record);
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_subject",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(AsStatistic(record).subject().target(), keys);
         }},
    {.id = 2,
     .name = "by_population",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsStatistic(record).population(), keys); }},
    {.id = 3,
     .name = "by_enumerated",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsStatistic(record).enumerated()) {
             resource::AddKey(one, keys);
           }
         }},
    {.id = 4, .name = "by_cited_source", .emit = resource::AddCites},
    {.id = 5,
     .name = "by_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsStatistic(record).states()) {
             resource::AddKey(one, keys);
           }
         }},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& StatisticSpec() {
  static const storage::TableSpec table = {.id = 6,
                                           .name = "statistics",
                                           .derivation_version = 3,
                                           .prototype = &v1::Statistic::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"subject.target"}, resource::Order::kName},
                       {&kIndexes[1], {"population"}, resource::Order::kName},
                       {&kIndexes[2], {"enumerated"}, resource::Order::kName},
                       {&kIndexes[3], {"cites"}, resource::Order::kName},
                       {&kIndexes[4], {"states"}, resource::Order::kName},
                       {&kIndexes[5], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .check = CheckAbout,
  };
  return *spec;
}

}  // namespace chancery::agreements
