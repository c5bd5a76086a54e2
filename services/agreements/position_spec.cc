#include "services/agreements/position_spec.h"

#include "chancery/agreements/v1/position.pb.h"
#include "services/agreements/subjects.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Position& AsPosition(const Message& record) {
  return static_cast<const v1::Position&>(record);
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Position::Kind_Name(AsPosition(record).kind()), keys);
         }},
    {.id = 2,
     .name = "by_subject",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).subjects()) {
             resource::AddKey(one.target(), keys);
           }
         }},
    {.id = 3,
     .name = "by_holder_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).holders()) {
             resource::AddKey(one.state(), keys);
           }
         }},
    {.id = 4,
     .name = "by_holder_person",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).holders()) {
             resource::AddKey(one.person(), keys);
           }
         }},
    {.id = 5,
     .name = "by_holder_organization",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).holders()) {
             resource::AddKey(one.organization(), keys);
           }
         }},
    {.id = 6,
     .name = "by_holder_source",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).holders()) {
             resource::AddKey(one.source(), keys);
           }
         }},
    {.id = 7,
     .name = "by_presumed_holder",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsPosition(record).presumed_holder(), keys); }},
    {.id = 8,
     .name = "by_cause",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsPosition(record).causes()) {
             resource::AddKey(one, keys);
           }
         }},
    {.id = 9,
     .name = "by_relation",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPosition(record).relations()) {
             resource::AddKey(one.target(), keys);
           }
         }},
    {.id = 10, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& PositionSpec() {
  static const storage::TableSpec table = {.id = 4,
                                           .name = "positions",
                                           .derivation_version = 3,
                                           .prototype = &v1::Position::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"subjects.target"}, resource::Order::kName},
                       {&kIndexes[2], {"holders.state"}, resource::Order::kName},
                       {&kIndexes[3], {"holders.person"}, resource::Order::kName},
                       {&kIndexes[4], {"holders.organization"}, resource::Order::kName},
                       {&kIndexes[5], {"holders.source"}, resource::Order::kName},
                       {&kIndexes[6], {"presumed_holder"}, resource::Order::kName},
                       {&kIndexes[7], {"causes"}, resource::Order::kName},
                       {&kIndexes[8], {"relations.target"}, resource::Order::kName},
                       {&kIndexes[9], {"cites"}, resource::Order::kName},
                       {&kIndexes[10], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .check = CheckAbout,
  };
  return *spec;
}

}  // namespace chancery::agreements
