#ifndef CHANCERY_STORAGE_TABLE_SPEC_H_
#define CHANCERY_STORAGE_TABLE_SPEC_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "google/protobuf/message.h"

// What a table keeps and how it is found, as data.
//
// A table is a set of records of one protobuf message type, keyed by resource name. Its indexes are
// pure functions from a record to keys; the engine compares the keys of the old and of the new
// version and writes the difference, so an index entry can not be forgotten.

namespace chancery::storage {

// The ordered keys of one record in one index, each made with KeyWriter. Duplicates are harmless.
using IndexKeys = std::vector<std::string>;

struct IndexSpec {
  // On disk; never reused within a table, never changed.
  uint16_t id;
  const char* name;
  // Appends the keys under which `record` is found. Pure: the same record gives the same keys.
  // Called for live records only; a deleted record is in no index.
  void (*emit)(const google::protobuf::Message& record, IndexKeys& keys);
};

struct TableSpec {
  // On disk; never reused within a store, never changed.
  uint16_t id;
  // The collection, e.g. "people". For messages and `inspect`.
  const char* name;
  // To be raised whenever any `emit` changes what it appends. A store whose indexes were derived
  // under another version refuses to open until they are rebuilt.
  uint32_t derivation_version;
  // The default instance of the message type.
  const google::protobuf::Message* prototype;
  absl::Span<const IndexSpec> indexes;
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_TABLE_SPEC_H_
