#ifndef CHANCERY_STORAGE_SALT_SOURCE_H_
#define CHANCERY_STORAGE_SALT_SOURCE_H_

#include <array>
#include <cstdint>

#include "storage/record.h"

namespace chancery::storage {

// Random salts, taken from the library's generator many at a time: asking it costs twice as much as
// hashing a record, for 16 bytes as for 1024. Not thread-safe.
class SaltSource {
 public:
  Salt Next();

 private:
  std::array<Salt, 64> salts_;
  size_t next_ = salts_.size();
};

}  // namespace chancery::storage

#endif  // CHANCERY_STORAGE_SALT_SOURCE_H_
