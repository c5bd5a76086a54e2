#include "tests/bench/figure.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace chancery::bench {
namespace {

constexpr size_t kColumns = 5;
using Row = std::array<std::string, kColumns>;

std::string ProcessorModel() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!absl::StartsWith(line, "model name")) continue;
    return std::string(absl::StripLeadingAsciiWhitespace(line.substr(line.find(':') + 1)));
  }
  return "unknown";
}

// Three figures that count.
std::string Number(double value) {
  const double size = std::fabs(value);
  return absl::StrFormat("%.*f", size >= 100 ? 0 : size >= 10 ? 1 : 2, value);
}

std::string GoalText(const Figure& figure) {
  if (figure.goal.kind == Goal::Kind::kNone) return "–";
  return absl::StrCat(figure.goal.kind == Goal::Kind::kAtLeast ? "≥ " : "≤ ",
                      Number(figure.goal.value), figure.unit.empty() ? "" : " ", figure.unit,
                      figure.goal.later ? " (later)" : "");
}

std::string ResultText(const Figure& figure) {
  const Spread& result = figure.result;
  std::string text =
      absl::StrCat(Number(result.median), figure.unit.empty() ? "" : " ", figure.unit, " (",
                   Number(result.min), " … ", Number(result.max), ")");
  if (figure.goal.kind == Goal::Kind::kNone || figure.goal.later) return text;
  return absl::StrCat(text, figure.met() ? "  met" : "  MISSED");
}

// How many places a terminal needs: bytes that go on with a character take none.
size_t Width(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

std::string GoalJson(const Goal& goal) {
  if (goal.kind == Goal::Kind::kNone) return "null";
  return absl::StrFormat(R"({"%s":%g,"later":%s})",
                         goal.kind == Goal::Kind::kAtLeast ? "at_least" : "at_most", goal.value,
                         goal.later ? "true" : "false");
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

std::string FigureJson(const Figure& figure) {
  return absl::StrFormat(
      R"({"id":%s,"name":%s,"measured":%s,"against":%s,"unit":%s,"min":%g,"median":%g,"max":%g,"goal":%s})",
      Quoted(figure.id), Quoted(figure.name), Quoted(figure.measured), Quoted(figure.against),
      Quoted(figure.unit), figure.result.min, figure.result.median, figure.result.max,
      GoalJson(figure.goal));
}

}  // namespace

bool Figure::met() const {
  switch (goal.kind) {
    case Goal::Kind::kAtLeast:
      return result.median >= goal.value;
    case Goal::Kind::kAtMost:
      return result.median <= goal.value;
    default:
      return true;
  }
}

Machine ThisMachine() {
  Machine machine;
  machine.date = absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::Now(), absl::UTCTimeZone());
  machine.model = ProcessorModel();
  machine.processors = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
  const double bytes =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  machine.memory_gib = static_cast<int>(std::lround(bytes / (1 << 30)));
  if (getloadavg(&machine.load, 1) != 1) machine.load = 0;
  return machine;
}

std::string Amount(double value, const std::string& unit) {
  return absl::StrCat(Number(value), unit.empty() ? "" : " ", unit);
}

std::string Table(const Machine& machine, const std::vector<Figure>& figures) {
  std::vector<Row> rows = {{"what", "measured", "against", "goal", "result (min … max)"}};
  for (const Figure& figure : figures) {
    rows.push_back({figure.name, figure.measured, figure.against.empty() ? "–" : figure.against,
                    GoalText(figure), ResultText(figure)});
  }
  std::array<size_t, kColumns> widths = {};
  for (const Row& row : rows) {
    for (size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  std::string text =
      absl::StrFormat("%s, %d processors (%s), %d GiB, load before %.1f\n\n", machine.date,
                      machine.processors, machine.model, machine.memory_gib, machine.load);
  for (const Row& row : rows) {
    for (size_t i = 0; i < kColumns; ++i) {
      absl::StrAppend(&text, row[i]);
      if (i + 1 < kColumns) text.append(widths[i] - Width(row[i]) + 2, ' ');
    }
    text += '\n';
  }
  return text;
}

std::string JsonLine(const Machine& machine, const std::vector<Figure>& figures) {
  return absl::StrFormat(
      R"({"date":%s,"processors":%d,"model":%s,"memory_gib":%d,"load":%g,"figures":[%s]})",
      Quoted(machine.date), machine.processors, Quoted(machine.model), machine.memory_gib,
      machine.load, absl::StrJoin(figures, ",", [](std::string* out, const Figure& figure) {
        absl::StrAppend(out, FigureJson(figure));
      }));
}

}  // namespace chancery::bench
