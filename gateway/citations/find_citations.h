#ifndef CHANCERY_GATEWAY_CITATIONS_FIND_CITATIONS_H_
#define CHANCERY_GATEWAY_CITATIONS_FIND_CITATIONS_H_

#include <string>
#include <vector>

#include "chancery/types/v1/citation.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace chancery::gateway {

// A citation in a message.
struct FoundCitation {
  // "event.participants.noda.citations.c1": repeated messages by their id, else by their index.
  std::string field;
  // Points into the message.
  const types::v1::Citation* citation;
};

// The citations in a message, at any depth, in the order of its fields.
std::vector<FoundCitation> FindCitations(const google::protobuf::Message& message);

// Whether messages of this type can have any.
bool HasCitations(const google::protobuf::Descriptor& type);

}  // namespace chancery::gateway

#endif  // CHANCERY_GATEWAY_CITATIONS_FIND_CITATIONS_H_
