#ifndef CHANCERY_TESTS_FAULTS_LEDGER_H_
#define CHANCERY_TESTS_FAULTS_LEDGER_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace chancery::faults {

// One write: the next revision of a record, with a value that no other write has.
struct Write {
  std::string record;  // An id: "w3-12", or "shared-1" where writers meet.
  std::string value;
  std::string request_id;  // A UUID.
};

// What a store holds, as read back from it: the values of all revisions of every record.
using Held = std::map<std::string, std::vector<std::string>>;

// The result of holding the ledger against a store. Each count is of values.
struct Audit {
  uint64_t acknowledged = 0;
  uint64_t lost = 0;     // Acknowledged, and not there.
  uint64_t phantom = 0;  // There, and never asked for, or of another record.
  uint64_t doubled = 0;  // Applied more than once.
  // Whatever came first, for people.
  std::string example;

  bool clean() const { return lost + phantom + doubled == 0; }
  std::string ToString() const;
};

// Remembers, outside the process or the disk that fails, which writes were asked for and which were
// acknowledged. Thread-safe.
class Ledger {
 public:
  void Asked(const Write& write);
  void Acknowledged(const Write& write);

  // A write that was not acknowledged may be there or not, but once.
  Audit Compare(const Held& held) const;

 private:
  struct Entry {
    std::string record;
    bool acknowledged = false;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry> by_value_;
};

// Eight writers, each doing one write after the other until one fails. What failed is
// indeterminate: in the next run it is repeated first under its request id, but for one in four,
// which are given up.
class Writers {
 public:
  static constexpr int kWriters = 8;
  Writers(uint32_t seed, Ledger* ledger);

  // Runs all until each has met a failure. `submit` is called from eight threads, with the number
  // of the writer; OK acknowledges.
  void Run(absl::FunctionRef<absl::Status(int writer, const Write& write)> submit);

  // Failures other than those of a server or a disk that went away; there must be none.
  std::vector<std::string> unexpected() const { return unexpected_; }

 private:
  struct Writer {
    std::mt19937_64 random;
    uint64_t count = 0;
    std::vector<Write> pending;
  };

  Write Next(int number);
  void RunOne(int number, absl::FunctionRef<absl::Status(int, const Write&)> submit);

  Ledger* const ledger_;
  std::vector<Writer> writers_;
  std::mutex mutex_;
  std::vector<std::string> unexpected_;
};

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_LEDGER_H_
