#include "services/agreements/source_spec.h"

#include "chancery/agreements/v1/source.pb.h"
#include "services/agreements/source_text.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Source& AsSource(const Message& record) { return static_cast<const v1::Source&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_publisher",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsSource(record).publisher(), keys); }},
    {.id = 2, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& SourceSpec() {
  static const storage::TableSpec table = {.id = 3,
                                           .name = "sources",
                                           .derivation_version = 3,
                                           .prototype = &v1::Source::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"publisher"}, resource::Order::kName},
                       {&kIndexes[1], {"cites"}, resource::Order::kName},
                       {&kIndexes[2], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .check = CheckCitations,
  };
  return *spec;
}

}  // namespace chancery::agreements
