#include "tests/support/brief_import.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include "deploy/allinone/embedded_record.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/import.h"
#include "gateway/ctl/source/load.h"

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

absl::Status LoadBrief(const std::string& address, const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return absl::NotFoundError(file + " can not be read");
  const auto document = ctl::MakeDocument(std::string(std::istreambuf_iterator<char>(stream), {}));
  if (!document.ok()) return document.status();
  return ctl::LoadDocument(ctl::Client::Dial({.address = address}), "sources/founding-brief",
                           *document, {}, {})
      .status();
}

}  // namespace chancery::testing
