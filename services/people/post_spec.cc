#include "services/people/post_spec.h"

#include "chancery/people/v1/post.pb.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::people {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Post& AsPost(const Message& record) { return static_cast<const v1::Post&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_category",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddKey(v1::Post::Category_Name(AsPost(record).category()), keys);
         }},
    {.id = 2,
     .name = "by_organization",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsPost(record).organization(), keys); }},
    {.id = 3,
     .name = "by_state",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsPost(record).state(), keys); }},
    {.id = 4, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& PostSpec() {
  static const storage::TableSpec table = {.id = 3,
                                           .name = "posts",
                                           .derivation_version = 3,
                                           .prototype = &v1::Post::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"category"}, resource::Order::kName},
                       {&kIndexes[1], {"organization"}, resource::Order::kName},
                       {&kIndexes[2], {"state"}, resource::Order::kName},
                       {&kIndexes[3], {"cites"}, resource::Order::kName},
                       {&kIndexes[4], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsPost(record).start(), AsPost(record).end(), day);
          },
  };
  return *spec;
}

}  // namespace chancery::people
