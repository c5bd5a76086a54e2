#ifndef CHANCERY_GATEWAY_RECORDS_OPEN_REFERENCES_H_
#define CHANCERY_GATEWAY_RECORDS_OPEN_REFERENCES_H_

#include <functional>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

// References between records, found by the contract's google.api.resource_reference annotations.

namespace chancery::gateway::records {

// Everything that a record refers to, at any depth, in the order of its fields.
std::vector<std::string> ReferencesOf(const google::protobuf::Message& record);

// Takes the references out that `is_open` says can not be resolved, each with the element that
// makes no sense without it (a relation without its target). Returns whether there was any. A
// reference that the record itself requires stays.
bool RemoveReferences(google::protobuf::Message& record,
                      const std::function<bool(const std::string&)>& is_open);

}  // namespace chancery::gateway::records

#endif  // CHANCERY_GATEWAY_RECORDS_OPEN_REFERENCES_H_
