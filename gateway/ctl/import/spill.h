#ifndef CHANCERY_GATEWAY_CTL_IMPORT_SPILL_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_SPILL_H_

#include <cstdint>
#include <cstdio>
#include <deque>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/ctl/import/line.h"

namespace chancery::ctl {

// A line that waits for what it refers to.
struct WaitingLine {
  ImportLine line;
  // Whether its record is in without the references that lead nowhere yet.
  bool is_part = false;
  // Why it waits.
  absl::Status status;
};

// How much may wait.
struct SpillLimits {
  // Beyond this, lines go to a temporary file, which is gone with the process.
  uint64_t memory_bytes = 8 << 20;
  // Of everything.
  uint64_t bytes = uint64_t{1} << 30;
};

// Lines in the order in which they came, in memory as far as that goes, then in a file. First all
// are added, then all are taken. Not thread-safe.
class Spill {
 public:
  explicit Spill(SpillLimits limits) : limits_(limits) {}

  // RESOURCE_EXHAUSTED (IMPORT_SPILL_FULL) if there is no room; the line is not added then.
  absl::Status Add(const WaitingLine& waiting);

  // The next line; false at the end. INTERNAL_FAULT if the file can not be read.
  absl::StatusOr<bool> Take(WaitingLine& waiting);

  bool empty() const { return lines_ == 0; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  absl::Status Full() const;

  SpillLimits limits_;
  std::deque<std::string> memory_;
  std::unique_ptr<std::FILE, Close> file_;
  bool reading_ = false;
  uint64_t lines_ = 0;
  uint64_t memory_bytes_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_SPILL_H_
