#ifndef CHANCERY_GATEWAY_RECORDS_JSON_RECORD_H_
#define CHANCERY_GATEWAY_RECORDS_JSON_RECORD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

// Records as lines of protobuf's JSON, read and written.

namespace chancery::gateway::records {

// The name of a record, which says its kind, before that is known. REQUEST_UNDECODABLE where the
// text is no JSON object, REQUIRED_FIELD_MISSING where it has no name.
absl::StatusOr<std::string> NameOf(const std::string& text);

// TEXT_NOT_UTF8 unless it is: what is not can not be sent.
absl::Status CheckUtf8(const std::string& text);

// Errors name the field at fault and what may have been meant: REQUEST_UNDECODABLE where the text
// is not JSON, FIELD_INVALID where a field or value does not exist.
absl::Status ReadJson(const std::string& text, google::protobuf::Message& message);

// One line; equal messages give equal lines. INTERNAL_FAULT for what is no message of the contract.
absl::StatusOr<std::string> WriteJson(const google::protobuf::Message& message);

// Whether the register computes the field (OUTPUT_ONLY), or it is the etag: nothing that a record
// says.
bool IsComputed(const google::protobuf::FieldDescriptor& field);

// Clears what the register computes, and the etag, at any depth.
void ClearComputed(google::protobuf::Message& message);

}  // namespace chancery::gateway::records

#endif  // CHANCERY_GATEWAY_RECORDS_JSON_RECORD_H_
