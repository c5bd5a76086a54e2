#ifndef CHANCERY_STORAGE_RECORD_H_
#define CHANCERY_STORAGE_RECORD_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The envelope around a stored record: what the store itself needs to know of a version, followed
// by the message's bytes as they are served. Layout in docs/storage-format.md.

namespace chancery::storage {

using Salt = std::array<uint8_t, 16>;

struct RecordHeader {
  // Commit times (µs since the epoch) of the first version and of this one.
  int64_t create_time = 0;
  int64_t update_time = 0;
  // Commit time of the deletion; 0 while the record is live.
  int64_t delete_time = 0;
  // Makes the version's digest reveal nothing once salt and record are erased.
  Salt salt = {};

  bool deleted() const { return delete_time != 0; }
};

// Points into the bytes that were decoded.
struct RecordView {
  RecordHeader header;
  absl::string_view payload;
};

std::string EncodeRecord(const RecordHeader& header, absl::string_view payload);

// DATA_LOSS (STORE_CORRUPT) if `bytes` is not a record of a known version.
absl::StatusOr<RecordView> DecodeRecord(absl::string_view bytes);

// SHA-256 over the salt and the record's bytes: what the journal remembers of a version.
std::string RecordDigest(const Salt& salt, absl::string_view record_bytes);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_RECORD_H_
