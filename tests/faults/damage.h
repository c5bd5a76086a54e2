#ifndef CHANCERY_TESTS_FAULTS_DAMAGE_H_
#define CHANCERY_TESTS_FAULTS_DAMAGE_H_

#include <random>
#include <string>
#include <vector>

#include "tests/faults/unsynced_loss_disk.h"

namespace chancery::faults {

// One thing done to one file: a bit flipped, a byte changed, up to 4 KiB zeroed, an end cut off, or
// the file gone.
class Damage {
 public:
  // Somewhere in a file whose name contains one of `names`.
  static Damage Random(std::mt19937_64& random, const UnsyncedLossDisk::Image& image,
                       const std::vector<std::string>& names);

  UnsyncedLossDisk::Image Apply(UnsyncedLossDisk::Image image) const;
  std::string ToString() const;

 private:
  enum class Kind { kFlip, kChange, kZero, kTruncate, kDelete };
  Kind kind_ = Kind::kFlip;
  std::string file_;
  size_t offset_ = 0;
  // The bit, the new byte, or the length.
  size_t detail_ = 0;
};

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_DAMAGE_H_
