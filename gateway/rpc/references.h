#ifndef CHANCERY_GATEWAY_RPC_REFERENCES_H_
#define CHANCERY_GATEWAY_RPC_REFERENCES_H_

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace chancery::gateway::rpc {

// A place where a message names a record.
struct Reference {
  // "event.participants.noda.person": repeated messages by their id, else by their index from 0.
  std::string field;
  // As it stands there.
  std::string value;
  // The kind that the field is for, as annotated ("people.chancery.dev/Person"); "*" for any.
  std::string type;
  // The record named: the value up to where it goes on to an element of the record.
  std::string name;
};

// The references in a message, in the order of its fields: every text whose field is annotated as
// one (google.api.resource_reference). Empty ones are none.
std::vector<Reference> FindReferences(const google::protobuf::Message& message);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_REFERENCES_H_
