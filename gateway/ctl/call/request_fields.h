#ifndef CHANCERY_GATEWAY_CTL_CALL_REQUEST_FIELDS_H_
#define CHANCERY_GATEWAY_CTL_CALL_REQUEST_FIELDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

// Fields of requests and replies by their names. The contract shapes all kinds alike (AIP), so that
// one name serves for all.

namespace chancery::ctl {

// Sets a field that the message has; messages without it stay as they are.
void SetText(google::protobuf::Message& message, const char* field, absl::string_view value);
void SetNumber(google::protobuf::Message& message, const char* field, int value);
void SetSwitch(google::protobuf::Message& message, const char* field, bool value);
void AddText(google::protobuf::Message& message, const char* field, absl::string_view value);

// The text of a field; empty if there is none.
std::string TextOf(const google::protobuf::Message& message, const char* field);

// A message field that every message of the caller's kind has.
const google::protobuf::Message& FieldOf(const google::protobuf::Message& message,
                                         const char* field);

// A message field to be filled in; null if the message has none of this name.
google::protobuf::Message* MutableField(google::protobuf::Message& message, const char* field);

// The first field whose type is `type`: the resource in a CreatePersonRequest.
google::protobuf::Message* MutableFieldOfType(google::protobuf::Message& message,
                                              const google::protobuf::Descriptor& type);

// One more element of the first field, which is repeated.
google::protobuf::Message* AddItem(google::protobuf::Message& message);

// The elements of the first field of a list's or a batch's reply, whatever it is called.
std::vector<const google::protobuf::Message*> ItemsOf(const google::protobuf::Message& reply);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CALL_REQUEST_FIELDS_H_
