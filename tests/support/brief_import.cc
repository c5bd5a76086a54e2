#include "tests/support/brief_import.h"

#include <sstream>
#include <utility>
#include <vector>

#include "deploy/allinone/embedded_record.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/import.h"

namespace chancery::testing {

absl::Status ImportBrief(const std::string& address) {
  std::vector<ctl::ImportLine> lines;
  for (const allinone::EmbeddedFile& file : allinone::EmbeddedRecord()) {
    std::istringstream text{std::string(file.text)};
    for (ctl::ImportLine& line : ctl::ReadLines(text, std::string(file.name), "brief")) {
      lines.push_back(std::move(line));
    }
  }
  const auto report = ctl::ImportLines(ctl::Client::Dial({.address = address}), lines, {});
  if (!report.ok()) return report.status();
  return report->refusals.empty() ? absl::OkStatus() : report->refusals.front().status;
}

}  // namespace chancery::testing
