#ifndef CHANCERY_SERVICES_RESOURCE_CITES_H_
#define CHANCERY_SERVICES_RESOURCE_CITES_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "services/resource/filter.h"
#include "services/resource/special_values.h"
#include "storage/table_spec.h"

// Which sources a record cites: the virtual field `cites` of every kind that has citations, and the
// keys of the index that answers it. Lists by name:
//
//   {.id = 7, .name = "by_cited_source", .emit = resource::AddCites}
//
// Lists by time add their own keys, one for each of SourcesCited().

namespace chancery::resource {

// Each source once, in the order of their names; of the whole record, accounts included.
std::vector<std::string> SourcesCited(const google::protobuf::Message& record);

// The `emit` of an index in name order.
void AddCites(const google::protobuf::Message& record, storage::IndexKeys& keys);

// The same in the order of time.
void AddTimedCites(const google::protobuf::Message& record, TimeKey time, storage::IndexKeys& keys);

inline constexpr VirtualField kCites = {"cites", SourcesCited};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_CITES_H_
