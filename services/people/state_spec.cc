#include "services/people/state_spec.h"

#include "chancery/people/v1/state.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::State& AsState(const Message& record) { return static_cast<const v1::State&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_iso_code",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsState(record).iso_code(), keys); }},
    {.id = 2,
     .name = "by_successor",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& succession : AsState(record).successions()) {
             resource::AddKey(succession.successor(), keys);
           }
         }},
    {.id = 3, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& StateSpec() {
  static const storage::TableSpec table = {.id = 1,
                                           .name = "states",
                                           .derivation_version = 3,
                                           .prototype = &v1::State::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"iso_code"}, resource::Order::kName},
                       {&kIndexes[1], {"successions.successor"}, resource::Order::kName},
                       {&kIndexes[2], {"cites"}, resource::Order::kName},
                       {&kIndexes[3], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsState(record).start(), AsState(record).end(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
