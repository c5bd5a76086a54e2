#include "services/people/tenure_spec.h"

#include "chancery/people/v1/tenure.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Tenure& AsTenure(const Message& record) { return static_cast<const v1::Tenure&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_person",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsTenure(record).person(), keys); }},
    {.id = 2,
     .name = "by_post",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsTenure(record).post(), keys); }},
    {.id = 3,
     .name = "by_attesting_event",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsTenure(record).attestations()) {
             resource::AddKey(one.event(), keys);
           }
         }},
    {.id = 4,
     .name = "by_milestone_event",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsTenure(record).milestones()) {
             resource::AddKey(one.event(), keys);
           }
         }},
    {.id = 5, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& TenureSpec() {
  static const storage::TableSpec table = {.id = 5,
                                           .name = "tenures",
                                           .derivation_version = 4,
                                           .prototype = &v1::Tenure::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"person"}, resource::Order::kName},
                       {&kIndexes[1], {"post"}, resource::Order::kName},
                       {&kIndexes[2], {"attestations.event"}, resource::Order::kName},
                       {&kIndexes[3], {"milestones.event"}, resource::Order::kName},
                       {&kIndexes[4], {"cites"}, resource::Order::kName},
                       {&kIndexes[5], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsTenure(record).start(), AsTenure(record).end(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
