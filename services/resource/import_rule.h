#ifndef CHANCERY_SERVICES_RESOURCE_IMPORT_RULE_H_
#define CHANCERY_SERVICES_RESOURCE_IMPORT_RULE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "chancery/types/v1/records_service.pb.h"
#include "google/protobuf/message.h"

// What a line of an import does to a record that is there already (docs/adr/0012). Pure functions
// of the two, so that the decision can be taken where it is atomic: on the sequencer's thread.

namespace chancery::resource {

// A line of an import: its record, prepared (annotations.h), with its origin.
struct ImportedRecord {
  std::shared_ptr<google::protobuf::Message> record;
  // Whether the line itself said where it comes from, or that it comes from nowhere.
  bool own_origin = false;
};

// "sha256:" and the digest of what a record says: all but accounts, origin, etag, and what the
// register computes.
std::string ContentDigest(const google::protobuf::Message& record);

// Notes in the record's origin what the line says, unless it came with its origin.
void NoteContent(ImportedRecord& line);

struct ImportDecision {
  types::v1::ImportOutcome::Kind kind = types::v1::ImportOutcome::UNCHANGED;
  // The record to be written; null where nothing is.
  std::unique_ptr<google::protobuf::Message> next;
};

// In this order:
//
//   the line's digest is that of the record's origin   UNCHANGED, be it edited since
//   both say the same                                  UNCHANGED
//   the record says what its origin's line gave        UPDATED: nobody has edited it
//   the line sets each field that differs              ACCOUNT_ADDED, once
//   else, or where the record is deleted               IMPORT_CONFLICT (metadata: name)
//
// No decision drops or changes an account that is there; one that the line has differently is an
// IMPORT_CONFLICT. FIELD_IMMUTABLE where an update would change such a field.
absl::StatusOr<ImportDecision> DecideImport(const google::protobuf::Message& current, bool deleted,
                                            const ImportedRecord& line);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_IMPORT_RULE_H_
