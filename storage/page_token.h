#ifndef CHANCERY_STORAGE_PAGE_TOKEN_H_
#define CHANCERY_STORAGE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sealer.h"

namespace chancery::storage {

// Where a list goes on. Pages of one list all show the store at one moment.
struct PageToken {
  // Digest of the request without page_size and page_token: a token is good for its request only.
  std::string request_digest;
  // The moment that the first page was read at.
  uint64_t seq = 0;
  // The key to go on after, within the scanned table or index.
  std::string after;
};

std::string SealPageToken(const Sealer& sealer, const PageToken& token);

// INVALID_ARGUMENT (PAGE_TOKEN_INVALID) if it was not sealed here or belongs to another request.
absl::StatusOr<PageToken> OpenPageToken(const Sealer& sealer, absl::string_view sealed,
                                        absl::string_view request_digest);

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_PAGE_TOKEN_H_
