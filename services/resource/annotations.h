#ifndef CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_
#define CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "chancery/types/v1/citation.pb.h"
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
// NFC, but for what is kept verbatim; computes what derives from a date or a citation; then
// REQUIRED (REQUIRED_FIELD_MISSING), enum values (ENUM_VALUE_UNKNOWN), names
// (RESOURCE_NAME_INVALID), element ids, formats and lengths (FIELD_INVALID), dates (DATE_INVALID),
// citations (CITATION_MISMATCH). The first thing wrong is returned. Inside the value of an account
// nothing is required.
absl::Status Prepare(google::protobuf::Message& message,
                     Completeness completeness = Completeness::kWhole);

// Only the check for REQUIRED fields.
absl::Status CheckRequired(const google::protobuf::Message& message);

// FIELD_IMMUTABLE if a field that is IMMUTABLE differs between two versions of a resource.
absl::Status CheckImmutable(const google::protobuf::Message& before,
                            const google::protobuf::Message& after);

// Calls `visit` with path and name of every reference that is set, the resource's own name
// excepted; stops at the first error and returns it. The path is made only if it is asked for.
using ReferenceVisitor =
    absl::FunctionRef<absl::Status(absl::FunctionRef<std::string()> path, const std::string& name)>;
absl::Status ForEachReference(const google::protobuf::Message& message,
                              const ReferenceVisitor& visit);

// The same for every citation, those of accounts and of their values included.
using CitationVisitor = absl::FunctionRef<absl::Status(absl::FunctionRef<std::string()> path,
                                                       const types::v1::Citation& citation)>;
absl::Status ForEachCitation(const google::protobuf::Message& message,
                             const CitationVisitor& visit);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_ANNOTATIONS_H_
