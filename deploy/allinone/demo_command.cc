#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "deploy/allinone/commands.h"
#include "deploy/allinone/cure.h"
#include "deploy/allinone/embedded_record.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/import.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/run.h"
#include "gateway/ctl/source/document.h"
#include "gateway/ctl/source/load.h"
#include "proto/errors/status_macros.h"
#include "services/serving/address.h"
#include "services/serving/json_text.h"
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

// Loads the document that the record is of, if it is at hand.
absl::Status LoadDocument(ctl::Invocation& run, const std::string& address) {
  const std::string file = run.Text("--document");
  if (file.empty()) return absl::OkStatus();
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return ctl::UsageError("--document", file, absl::StrCat(file, " can not be read"));
  }
  ASSIGN_OR_RETURN(const ctl::Document document,
                   ctl::MakeDocument(std::string(std::istreambuf_iterator<char>(stream), {})));
  const ctl::Client client = ctl::Client::Dial({.principal = "demo", .address = address});
  return ctl::LoadDocument(client, "sources/founding-brief", document, {},
                           {.note = "the founding brief"})
      .status();
}

void ShowWhatNext(ctl::Invocation& run, const std::string& address) {
  std::ostream& err = run.streams().err;
  run.streams().out.flush();
  if (!run.output().is_table()) {
    err << serving::JsonObject({{"grpc", address}}) << std::endl;
    return;
  }
  err << "\nServing the record of the founding brief, in memory, at " << address
      << " until Ctrl-C. Ask it from another terminal:\n"
      << "  export CHANCERY_ADDRESS=" << address << "\n"
      << "  chancery who posts/jp-pm --on 2012-03-05\n"
      << "  chancery timeline russia japan\n"
      << "  chancery source quote people/noda" << std::endl;
}

absl::StatusOr<ctl::Exit> Demo(ctl::Invocation& run) {
  serving::BlockSignals();
  RegisterOptions options;
  ASSIGN_OR_RETURN(const int64_t port, run.Number("--port", serving::kMaxPort));
  options.listen = absl::StrCat("127.0.0.1:", port);
  auto started = Register::Start(std::move(options));
  if (!started.ok()) return WithCure(started.status(), "--port");
  const std::unique_ptr<Register> served = *std::move(started);
  RETURN_IF_ERROR(Import(served->address()));
  RETURN_IF_ERROR(LoadDocument(run, served->address()));
  std::vector<std::string> dossier = {"dossier",
                                      "russia",
                                      "japan",
                                      "--address",
                                      served->address(),
                                      "--output",
                                      run.Text("--output"),
                                      "--color",
                                      run.Text("--color")};
  if (run.Has("--document")) dossier.emplace_back("--quotations");
  const int exit = ctl::Run(dossier, run.streams());
  if (run.Has("--once") || exit != 0) return static_cast<ctl::Exit>(exit);
  ShowWhatNext(run, served->address());
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
              {.name = "--document",
               .value = "FILE",
               .summary = "The founding brief itself, so that what is cited can be quoted."},
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
