#include "services/people/person_spec.h"

#include "chancery/people/v1/person.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Person& AsPerson(const Message& record) { return static_cast<const v1::Person&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_state",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsPerson(record).state(), keys); }},
    {.id = 2, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& PersonSpec() {
  static const storage::TableSpec table = {.id = 4,
                                           .name = "people",
                                           .derivation_version = 3,
                                           .prototype = &v1::Person::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"state"}, resource::Order::kName},
                       {&kIndexes[1], {"cites"}, resource::Order::kName},
                       {&kIndexes[2], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsPerson(record).birth(), AsPerson(record).death(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
