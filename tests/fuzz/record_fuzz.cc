// Stored records from arbitrary bytes. What decodes encodes to the same bytes: there is one
// spelling of each record.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "storage/record.h"

namespace chancery::storage {
namespace {

// Holds in every build, unlike assert.
void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckBytes(absl::string_view bytes) {
  const auto record = DecodeRecord(bytes);
  if (!record.ok()) return Require(record.status().code() == absl::StatusCode::kDataLoss);
  Require(EncodeRecord(record->header, record->payload) == bytes);
  Require(record->header.deleted() == (record->header.delete_time != 0));
}

}  // namespace
}  // namespace chancery::storage

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chancery::storage::CheckBytes({reinterpret_cast<const char*>(data), size});
  return 0;
}
