#include "services/people/place_spec.h"

#include "chancery/people/v1/place.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Place& AsPlace(const Message& record) { return static_cast<const v1::Place&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Place::Kind_Name(AsPlace(record).kind()), keys);
         }},
    {.id = 2,
     .name = "by_parent",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsPlace(record).parent(), keys); }},
    {.id = 3,
     .name = "by_worldview",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsPlace(record).labels()) {
             resource::AddKey(one.worldview(), keys);
           }
         }},
    {.id = 4, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& PlaceSpec() {
  static const storage::TableSpec table = {.id = 6,
                                           .name = "places",
                                           .derivation_version = 3,
                                           .prototype = &v1::Place::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"parent"}, resource::Order::kName},
                       {&kIndexes[2], {"labels.worldview"}, resource::Order::kName},
                       {&kIndexes[3], {"cites"}, resource::Order::kName},
                       {&kIndexes[4], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .parent_field = "parent",
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsPlace(record).start(), AsPlace(record).end(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
