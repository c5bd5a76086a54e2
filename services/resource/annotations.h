#ifndef CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_
#define CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

// The one enforcement of what the contract says about its fields: field_behavior, resource
// references, formats, enums, element ids, dates, citations. It works on any message by reflection,
// with a plan per message type that is made once; there is no code per kind.
//
// Errors name the field by its path. Elements of lists that have ids are named by them:
// "event.participants.noda.person".

namespace chancery::resource {

enum class Completeness {
  kWhole,   // REQUIRED fields must be there
  kPartial  // what an update with a mask sends
};

// Puts a request or resource in order and checks it: clears OUTPUT_ONLY fields; brings text into
// NFC; computes what derives from a date or a citation; then REQUIRED (REQUIRED_FIELD_MISSING),
// enum values (ENUM_VALUE_UNKNOWN), names (RESOURCE_NAME_INVALID), element ids, formats and lengths
// (FIELD_INVALID), dates (DATE_INVALID), citations (CITATION_MISMATCH). The first thing wrong is
// returned. Inside the value of an account nothing is required.
absl::Status Prepare(google::protobuf::Message& message,
                     Completeness completeness = Completeness::kWhole);

// Only the check for REQUIRED fields.
absl::Status CheckRequired(const google::protobuf::Message& message, absl::string_view path);

// FIELD_IMMUTABLE if a field that is IMMUTABLE differs between two versions of a resource.
absl::Status CheckImmutable(const google::protobuf::Message& before,
                            const google::protobuf::Message& after);

// Calls `visit` with path and name of every reference that is set, the resource's own name
// excepted; stops at the first error and returns it.
using ReferenceVisitor =
    std::function<absl::Status(const std::string& path, const std::string& name)>;
absl::Status ForEachReference(const google::protobuf::Message& message, absl::string_view path,
                              const ReferenceVisitor& visit);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_
