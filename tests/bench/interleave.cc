#include "tests/bench/interleave.h"

#include <algorithm>
#include <cstddef>

namespace chancery::bench {

Spread SpreadOf(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return {samples.front(), samples[samples.size() / 2], samples.back()};
}

std::vector<std::vector<double>> Interleave(const std::vector<Side>& sides, int rounds) {
  std::vector<std::vector<double>> results(sides.size());
  for (const Side& side : sides) side();
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < sides.size(); ++i) {
      const size_t turn = (round + i) % sides.size();
      results[turn].push_back(sides[turn]());
    }
  }
  return results;
}

Spread RatioOf(const std::vector<double>& measured, const std::vector<double>& against) {
  std::vector<double> ratios;
  for (size_t i = 0; i < measured.size(); ++i) ratios.push_back(measured[i] / against[i]);
  return SpreadOf(std::move(ratios));
}

}  // namespace chancery::bench
