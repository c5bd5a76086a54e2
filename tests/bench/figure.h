#ifndef CHANCERY_TESTS_BENCH_FIGURE_H_
#define CHANCERY_TESTS_BENCH_FIGURE_H_

#include <string>
#include <vector>

#include "tests/bench/interleave.h"

namespace chancery::bench {

// What a figure should be. Goals that are for later, or for the eye only, are not judged.
struct Goal {
  enum class Kind { kNone, kAtLeast, kAtMost };

  Kind kind = Kind::kNone;
  double value = 0;
  bool later = false;  // named, but not due yet
};

// A row of the table: a ratio of two things measured in turn, or a thing measured alone.
struct Figure {
  std::string id;        // "get.service": stable, for programs
  std::string name;      // "Get at the service"
  std::string measured;  // "9 120 /s"
  std::string against;   // "bare echo, 11 300 /s"; empty if measured alone
  std::string unit;      // of the result: "" for a ratio, "ms", "MiB"
  Spread result;
  Goal goal;

  bool met() const;
};

// Where and when the figures were taken, for whoever reads them later.
struct Machine {
  std::string date;   // UTC
  std::string model;  // of the processor
  int processors = 0;
  int memory_gib = 0;
  double load = 0;  // average of a minute, before the run: other work on the machine
};
Machine ThisMachine();

std::string Table(const Machine& machine, const std::vector<Figure>& figures);
// One line, to be appended to a history.
std::string JsonLine(const Machine& machine, const std::vector<Figure>& figures);

// "9 120 /s", "12.3 ms".
std::string Amount(double value, const std::string& unit);

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_FIGURE_H_
