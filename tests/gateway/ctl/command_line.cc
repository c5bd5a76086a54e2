#include "tests/gateway/ctl/command_line.h"

#include <optional>
#include <sstream>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gateway/ctl/run.h"
#include "google/protobuf/util/json_util.h"

namespace chancery::ctl {

Outcome RunCommand(const std::vector<std::string>& words, const Surroundings& where) {
  std::istringstream in(where.input);
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{in, out, err};
  streams.out_is_terminal = where.terminal > 0;
  streams.err_is_terminal = where.terminal > 0;
  streams.columns = where.terminal;
  streams.variable = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = where.variables.find(name);
    if (found == where.variables.end()) return std::nullopt;
    return found->second;
  };
  const absl::Time start = absl::Now();
  Outcome outcome;
  outcome.exit = Run(words, streams);
  outcome.took = absl::Now() - start;
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

google::protobuf::Value ParseJson(const std::string& text) {
  google::protobuf::Value value;
  if (!google::protobuf::util::JsonStringToMessage(text, &value).ok()) value.Clear();
  return value;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace chancery::ctl
