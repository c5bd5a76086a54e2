#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "deploy/allinone/banner.h"
#include "deploy/allinone/commands.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/invocation.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/serving/address.h"
#include "services/serving/lifecycle.h"
#include "services/serving/ready_file.h"

namespace chancery::allinone {
namespace {

constexpr char kDefaultListen[] = "127.0.0.1:7600";
constexpr auto kDrain = absl::Seconds(5);

// $XDG_DATA_HOME/chancery, or ~/.local/share/chancery.
std::string DefaultData(ctl::Invocation& run) {
  if (const auto data_home = run.streams().variable("XDG_DATA_HOME"); data_home.has_value()) {
    return absl::StrCat(*data_home, "/chancery");
  }
  return absl::StrCat(run.streams().variable("HOME").value_or("."), "/.local/share/chancery");
}

absl::StatusOr<std::string> ListenAddress(ctl::Invocation& run) {
  std::string listen = run.Text("--listen");
  if (run.Has("--port")) {
    ASSIGN_OR_RETURN(const int port, run.Number("--port"));
    listen = serving::WithPort(listen, port);
  }
  RETURN_IF_ERROR(serving::CheckExposure(listen, run.Has("--insecure")));
  return listen;
}

// What to do about an address that is taken is the command line's to say.
absl::Status WithCure(const absl::Status& status) {
  if (!errors::HasReason(status, types::v1::ADDRESS_TAKEN)) return status;
  const google::rpc::ErrorInfo info = errors::InfoOf(status);
  return errors::Error(
      types::v1::ADDRESS_TAKEN,
      absl::StrCat(status.message(),
                   "; choose another with --listen, or any free one with --port 0"),
      {info.metadata().begin(), info.metadata().end()});
}

absl::StatusOr<ctl::Exit> Serve(ctl::Invocation& run) {
  serving::BlockSignals();
  RegisterOptions options;
  ASSIGN_OR_RETURN(options.listen, ListenAddress(run));
  if (!run.Has("--ephemeral"))
    options.data = run.Has("--data") ? run.Text("--data") : DefaultData(run);
  if (run.Text("--high-water") == "every-commit") {
    options.high_water = storage::HighWater::kEveryCommit;
  }
  ASSIGN_OR_RETURN(const int accepted, run.Number("--accept-data-loss"));
  options.accept_data_loss = static_cast<uint64_t>(accepted);
  options.on_fatal = serving::ExitForFailedStore;
  const std::string data = options.data;
  auto started = Register::Start(std::move(options));
  if (!started.ok()) return WithCure(started.status());
  const std::unique_ptr<Register> served = *std::move(started);
  RETURN_IF_ERROR(serving::WriteReadyFile(run.Text("--ready-file"), {{"grpc", served->address()}}));
  ASSIGN_OR_RETURN(const Banner banner, BannerOf(*served, data));
  auto& out = run.streams().out;
  out << (run.streams().out_is_terminal ? BannerText(banner) : BannerJson(banner)) << std::flush;
  serving::WaitForStop();
  served->Stop(kDrain);
  return ctl::Exit::kDone;
}

}  // namespace

ctl::Command ServeCommand() {
  return {
      .name = "serve",
      .summary = "Serve a register in one process until it is told to stop.",
      .flags =
          {
              {.name = "--listen",
               .value = "HOST:PORT",
               .summary = "Where to answer gRPC.",
               .fallback = kDefaultListen,
               .variable = "CHANCERY_LISTEN"},
              {.name = "--port",
               .value = "N",
               .summary = "Another port; 0 lets the system choose."},
              {.name = "--data",
               .value = "DIR",
               .summary = "Where to keep the record; $XDG_DATA_HOME/chancery without it.",
               .variable = "CHANCERY_DATA"},
              {.name = "--ephemeral",
               .summary = "Keep everything in memory and lose it at the end."},
              {.name = "--ready-file",
               .value = "FILE",
               .summary = "Write the addresses there, as JSON, once they answer."},
              {.name = "--high-water",
               .value = "WHEN",
               .summary = "How soon the newest commit is noted, so that its loss is noticed.",
               .fallback = "periodic",
               .choices = {"periodic", "every-commit"}},
              {.name = "--accept-data-loss",
               .value = "SEQ",
               .summary = "Open although commits are missing, if this is the newest one left.",
               .fallback = "0"},
              {.name = "--insecure", .summary = "Allow an address that is not loopback."},
          },
      .access = ctl::Access::kLocal,
      .example = "chancery serve --port 0 --ephemeral",
      .run = Serve,
  };
}

}  // namespace chancery::allinone
