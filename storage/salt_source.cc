#include "storage/salt_source.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace chancery::storage {

Salt SaltSource::Next() {
  if (next_ == salts_.size()) {
    if (RAND_bytes(salts_.data()->data(), sizeof(salts_)) != 1) std::abort();
    next_ = 0;
  }
  return salts_[next_++];
}

}  // namespace chancery::storage
