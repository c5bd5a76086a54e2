#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "deploy/allinone/commands.h"
#include "deploy/allinone/embedded_record.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/import.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/run.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/serving/lifecycle.h"

namespace chancery::allinone {
namespace {

constexpr auto kDrain = absl::Seconds(2);

std::vector<ctl::ImportLine> EmbeddedLines() {
  std::vector<ctl::ImportLine> lines;
  for (const EmbeddedFile& file : EmbeddedRecord()) {
    std::istringstream text{std::string(file.text)};
    const std::string name(file.name);
    for (ctl::ImportLine& line : ctl::ReadLines(text, name, "founding-brief")) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

absl::Status Import(const std::string& address) {
  const ctl::Client client = ctl::Client::Dial({.principal = "demo", .address = address});
  ASSIGN_OR_RETURN(const ctl::ImportReport report,
                   ctl::ImportLines(client, EmbeddedLines(), {.note = "the founding brief"}));
  return report.refusals.empty() ? absl::OkStatus() : report.refusals.front().status;
}

absl::StatusOr<ctl::Exit> Demo(ctl::Invocation& run) {
  serving::BlockSignals();
  RegisterOptions options;
  ASSIGN_OR_RETURN(const int port, run.Number("--port"));
  options.listen = absl::StrCat("127.0.0.1:", port);
  ASSIGN_OR_RETURN(const auto served, Register::Start(std::move(options)));
  RETURN_IF_ERROR(Import(served->address()));
  const int exit = ctl::Run({"dossier", "russia", "japan", "--address", served->address(),
                             "--output", run.Text("--output"), "--color", run.Text("--color")},
                            run.streams());
  if (run.Has("--once") || exit != 0) return static_cast<ctl::Exit>(exit);
  run.streams().err << "\nServing the record of the founding brief, in memory, at "
                    << served->address() << " until Ctrl-C. Ask it from another terminal:\n"
                    << "  export CHANCERY_ADDRESS=" << served->address() << "\n"
                    << "  chancery who posts/jp-pm --on 2012-03-05\n"
                    << "  chancery timeline russia japan\n"
                    << "  chancery get people/noda\n"
                    << std::flush;
  serving::WaitForStop();
  served->Stop(kDrain);
  return ctl::Exit::kDone;
}

}  // namespace

ctl::Command DemoCommand() {
  return {
      .name = "demo",
      .summary = "Serve the record of the founding brief from memory and print a dossier of it.",
      .flags =
          {
              {.name = "--once", .summary = "End after the dossier."},
              {.name = "--port",
               .value = "N",
               .summary = "The port to answer at; 0 lets the system choose.",
               .fallback = "0"},
          },
      .access = ctl::Access::kLocal,
      .example = "chancery demo --once",
      .run = Demo,
  };
}

}  // namespace chancery::allinone
