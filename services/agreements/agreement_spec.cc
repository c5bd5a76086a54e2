#include "services/agreements/agreement_spec.h"

#include <algorithm>

#include "chancery/agreements/v1/agreement.pb.h"
#include "services/agreements/act_order.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Agreement& AsAgreement(const Message& record) {
  return static_cast<const v1::Agreement&>(record);
}

// An agreement's place in time: its earliest act.
resource::TimeKey FirstAct(const Message& record) {
  resource::TimeKey first = resource::kUndated;
  for (const v1::Act& act : AsAgreement(record).acts()) {
    first = std::min(first, resource::TimeKeyOf(act.time()));
  }
  return first;
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_time",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddTimeKey(FirstAct(record), keys); }},
    {.id = 2,
     .name = "by_party",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& party : AsAgreement(record).parties()) {
             resource::AddTimedKey(party.party(), FirstAct(record), keys);
           }
         }},
    {.id = 3,
     .name = "by_kind",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(v1::Agreement::Kind_Name(AsAgreement(record).kind()),
                                 FirstAct(record), keys);
         }},
    {.id = 4,
     .name = "by_binding_force",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           resource::AddTimedKey(
               v1::Agreement::BindingForce_Name(AsAgreement(record).binding_force()),
               FirstAct(record), keys);
         }},
    {.id = 5,
     .name = "by_matter",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& matter : AsAgreement(record).matters()) {
             resource::AddTimedKey(matter, FirstAct(record), keys);
           }
         }},
    {.id = 6,
     .name = "by_event",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& act : AsAgreement(record).acts()) {
             resource::AddTimedKey(act.event(), FirstAct(record), keys);
           }
         }},
    {.id = 7,
     .name = "by_related_agreement",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsAgreement(record).agreement_relations()) {
             resource::AddTimedKey(one.agreement(), FirstAct(record), keys);
           }
         }},
    {.id = 8,
     .name = "by_cited_source",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddTimedCites(record, FirstAct(record), keys); }},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& AgreementSpec() {
  static const storage::TableSpec table = {.id = 1,
                                           .name = "agreements",
                                           .derivation_version = 4,
                                           .prototype = &v1::Agreement::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .default_order = resource::Order::kTime,
      .list_indexes = {{&kIndexes[0], {}, resource::Order::kTime},
                       {&kIndexes[1], {"parties.party"}, resource::Order::kTime},
                       {&kIndexes[2], {"kind"}, resource::Order::kTime},
                       {&kIndexes[3], {"binding_force"}, resource::Order::kTime},
                       {&kIndexes[4], {"matters"}, resource::Order::kTime},
                       {&kIndexes[5], {"acts.event"}, resource::Order::kTime},
                       {&kIndexes[6], {"agreement_relations.agreement"}, resource::Order::kTime},
                       {&kIndexes[7], {"cites"}, resource::Order::kTime},
                       {&kIndexes[8], {"contested"}, resource::Order::kName}},
      .virtual_fields = {resource::kCites},
      .check = CheckAgreement,
  };
  return *spec;
}

}  // namespace chancery::agreements
