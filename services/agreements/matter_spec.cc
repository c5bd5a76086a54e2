#include "services/agreements/matter_spec.h"

#include "chancery/agreements/v1/matter.pb.h"
#include "services/agreements/source_text.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Matter& AsMatter(const Message& record) { return static_cast<const v1::Matter&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Matter::Kind_Name(AsMatter(record).kind()), keys);
         }},
    {.id = 2,
     .name = "by_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& state : AsMatter(record).states()) resource::AddKey(state, keys);
         }},
    {.id = 3,
     .name = "by_parent",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsMatter(record).parent(), keys); }},
    {.id = 4,
     .name = "by_place",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsMatter(record).place(), keys); }},
    {.id = 5,
     .name = "by_relation",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsMatter(record).relations()) {
             resource::AddKey(one.target(), keys);
           }
         }},
    {.id = 6, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& MatterSpec() {
  static const storage::TableSpec table = {.id = 2,
                                           .name = "matters",
                                           .derivation_version = 4,
                                           .prototype = &v1::Matter::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"states"}, resource::Order::kName},
                       {&kIndexes[2], {"parent"}, resource::Order::kName},
                       {&kIndexes[3], {"place"}, resource::Order::kName},
                       {&kIndexes[4], {"relations.target"}, resource::Order::kName},
                       {&kIndexes[5], {"cites"}, resource::Order::kName},
                       {&kIndexes[6], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .parent_field = "parent",
      .check = CheckCitations,
  };
  return *spec;
}

}  // namespace chancery::agreements
