#ifndef CHANCERY_TESTS_BENCH_MEASUREMENTS_H_
#define CHANCERY_TESTS_BENCH_MEASUREMENTS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "tests/bench/figure.h"

// What `./dev bench` measures, a function each. What exactly is compared with what stands at the
// top of each source, the figures in docs/performance.md.

namespace chancery::bench {

using Figures = absl::StatusOr<std::vector<Figure>>;

Figures MeasureGet();
Figures MeasureList();
Figures MeasureDossier();
Figures MeasureImport();
Figures MeasureStream();
Figures MeasureStartUp();
Figures MeasureMemory();
Figures MeasureDemo();
Figures MeasureRefusals();
Figures MeasureWindow();

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_MEASUREMENTS_H_
