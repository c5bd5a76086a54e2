// `./dev bench`: measures Chancery against what it stands on and prints the ratios. A goal that is
// missed is said, not punished: figures are for reading, and a busy machine is no fault of the
// code.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "tests/bench/figure.h"
#include "tests/bench/measurements.h"

namespace chancery::bench {
namespace {

struct Measurement {
  const char* name;
  Figures (*run)();
};

// Processes first, while this one is small: the time to fork it would be in theirs.
constexpr Measurement kMeasurements[] = {
    {"refusals", MeasureRefusals}, {"memory", MeasureMemory}, {"demo", MeasureDemo},
    {"dossier", MeasureDossier},   {"get", MeasureGet},       {"list", MeasureList},
    {"import", MeasureImport},     {"start", MeasureStartUp}, {"stream", MeasureStream},
    {"window", MeasureWindow},
};

struct Flags {
  bool json = false;
  std::vector<std::string> only;
  std::string folder = std::filesystem::temp_directory_path();
};

bool Wanted(const Flags& flags, const std::string& name) {
  return flags.only.empty() ||
         std::find(flags.only.begin(), flags.only.end(), name) != flags.only.end();
}

// What the support for tests finds its way by.
std::string SetUpScratch(const Flags& flags) {
  std::string folder = flags.folder + "/chancery-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  setenv("TEST_TMPDIR", folder.c_str(), 1);
  setenv("CHANCERY_BINARY_DIR", CHANCERY_BENCH_BINARY_DIR, 1);
  return folder;
}

int Run(const Flags& flags) {
  const Machine machine = ThisMachine();
  const std::string scratch = SetUpScratch(flags);
  std::vector<Figure> figures;
  int exit = 0;
  for (const Measurement& measurement : kMeasurements) {
    if (!Wanted(flags, measurement.name)) continue;
    std::fprintf(stderr, "── measuring: %s\n", measurement.name);
    Figures measured = measurement.run();
    if (!measured.ok()) {
      std::fprintf(stderr, "%s: %s\n", measurement.name, measured.status().ToString().c_str());
      exit = 1;
      continue;
    }
    for (Figure& figure : *measured) figures.push_back(std::move(figure));
  }
  std::filesystem::remove_all(scratch);
  std::puts((flags.json ? JsonLine(machine, figures) : Table(machine, figures)).c_str());
  return exit;
}

}  // namespace
}  // namespace chancery::bench

int main(int argc, char** argv) {
  chancery::bench::Flags flags;
  CLI::App app("Measures Chancery against what it stands on");
  app.add_flag("--json", flags.json, "one line of JSON instead of the table");
  app.add_option("--only", flags.only,
                 "get, list, dossier, import, stream, start, memory, demo, refusals, window; "
                 "several may be named");
  app.add_option("--folder", flags.folder, "where stores are made and removed again")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return chancery::bench::Run(flags);
}
