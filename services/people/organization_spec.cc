#include "services/people/organization_spec.h"

#include "chancery/people/v1/organization.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Organization& AsOrganization(const Message& record) {
  return static_cast<const v1::Organization&>(record);
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Organization::Kind_Name(AsOrganization(record).kind()), keys);
         }},
    {.id = 2,
     .name = "by_state",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsOrganization(record).state(), keys); }},
    {.id = 3,
     .name = "by_parent",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsOrganization(record).parent(), keys); }},
    {.id = 4,
     .name = "by_tie",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& tie : AsOrganization(record).ties()) {
             resource::AddKey(tie.organization(), keys);
           }
         }},
    {.id = 5,
     .name = "by_known_member",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsOrganization(record).known_members()) {
             resource::AddKey(one, keys);
           }
         }},
    {.id = 6, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& OrganizationSpec() {
  static const storage::TableSpec table = {.id = 2,
                                           .name = "organizations",
                                           .derivation_version = 4,
                                           .prototype = &v1::Organization::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"kind"}, resource::Order::kName},
                       {&kIndexes[1], {"state"}, resource::Order::kName},
                       {&kIndexes[2], {"parent"}, resource::Order::kName},
                       {&kIndexes[3], {"ties.organization"}, resource::Order::kName},
                       {&kIndexes[4], {"known_members"}, resource::Order::kName},
                       {&kIndexes[5], {"cites"}, resource::Order::kName},
                       {&kIndexes[6], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .parent_field = "parent",
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsOrganization(record).start(),
                                        AsOrganization(record).end(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
