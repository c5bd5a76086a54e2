#ifndef CHANCERY_TESTS_BENCH_INTERLEAVE_H_
#define CHANCERY_TESTS_BENCH_INTERLEAVE_H_

#include <functional>
#include <vector>

namespace chancery::bench {

// A figure as several short runs gave it. The median is the figure; how far the others lie from it
// says how much it is worth.
struct Spread {
  double min = 0;
  double median = 0;
  double max = 0;
};

// `samples` must not be empty.
Spread SpreadOf(std::vector<double> samples);

// What is measured, for one slice of a fraction of a second: a rate, or a cost.
using Side = std::function<double()>;

// Runs the sides in turn, `rounds` times, and returns what each gave in each round:
// result[side][i]. Who begins moves from round to round. One round more is run first and forgotten.
//
// Two sides are compared by the ratios within rounds: a machine that is busy, hot or cold for some
// seconds is so for both, so the ratio stands where the figures move.
std::vector<std::vector<double>> Interleave(const std::vector<Side>& sides, int rounds);

// measured[i] / against[i], over all rounds.
Spread RatioOf(const std::vector<double>& measured, const std::vector<double>& against);

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_INTERLEAVE_H_
