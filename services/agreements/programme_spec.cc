#include "services/agreements/programme_spec.h"

#include <set>
#include <string>
#include <vector>

#include "chancery/agreements/v1/programme.pb.h"
#include "services/agreements/source_text.h"
#include "services/resource/accounts.h"
#include "services/resource/cites.h"
#include "services/resource/index_keys.h"
#include "services/resource/states_represented.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Programme& AsProgramme(const Message& record) {
  return static_cast<const v1::Programme&>(record);
}

std::vector<std::string> StatesInvolved(const Message& record) {
  const v1::Programme& programme = AsProgramme(record);
  std::set<std::string> states(programme.states().begin(), programme.states().end());
  resource::AddStatesRepresented(programme.participants(), states);
  return {states.begin(), states.end()};
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_agreement",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& one : AsProgramme(record).agreements()) {
             resource::AddKey(one, keys);
           }
         }},
    {.id = 2,
     .name = "by_involved_state",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const std::string& state : StatesInvolved(record)) resource::AddKey(state, keys);
         }},
    {.id = 3,
     .name = "by_organization",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsProgramme(record).participants()) {
             resource::AddKey(one.organization(), keys);
           }
         }},
    {.id = 4,
     .name = "by_relation",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           for (const auto& one : AsProgramme(record).relations()) {
             resource::AddKey(one.target(), keys);
           }
         }},
    {.id = 5, .name = "by_cited_source", .emit = resource::AddCites},
    resource::kContestedIndex,
};

}  // namespace

const resource::ResourceSpec& ProgrammeSpec() {
  static const storage::TableSpec table = {.id = 5,
                                           .name = "programmes",
                                           .derivation_version = 3,
                                           .prototype = &v1::Programme::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"agreements"}, resource::Order::kName},
                       {&kIndexes[1], {"involves"}, resource::Order::kName},
                       {&kIndexes[2], {"participants.organization"}, resource::Order::kName},
                       {&kIndexes[3], {"relations.target"}, resource::Order::kName},
                       {&kIndexes[4], {"cites"}, resource::Order::kName},
                       {&kIndexes[5], {"contested"}, resource::Order::kName}},
      .virtual_fields = {{"involves", StatesInvolved}, resource::kCites},
      .valid_on =
          [](const Message& record, absl::CivilDay day) {
            return resource::MayInclude(AsProgramme(record).since(), AsProgramme(record).until(),
                                        day);
          },
      .check = CheckCitations,
  };
  return *spec;
}

}  // namespace chancery::agreements
