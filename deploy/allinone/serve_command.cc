#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "deploy/allinone/banner.h"
#include "deploy/allinone/commands.h"
#include "deploy/allinone/cure.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/invocation.h"
#include "proto/errors/status_macros.h"
#include "services/serving/address.h"
#include "services/serving/container.h"
#include "services/serving/lifecycle.h"
#include "services/serving/ready_file.h"

namespace chancery::allinone {
namespace {

constexpr char kDefaultListen[] = "127.0.0.1:7600";
constexpr auto kDrain = absl::Seconds(5);

// $XDG_DATA_HOME/chancery, or ~/.local/share/chancery; relative folders do not count (XDG).
absl::StatusOr<std::string> DefaultData(ctl::Invocation& run) {
  for (const auto& [variable, below] :
       {std::pair{"XDG_DATA_HOME", "/chancery"}, std::pair{"HOME", "/.local/share/chancery"}}) {
    const std::string home = run.streams().variable(variable).value_or("");
    if (absl::StartsWith(home, "/")) return absl::StrCat(home, below);
  }
  return ctl::UsageError("--data", "",
                         "neither XDG_DATA_HOME nor HOME says where to keep the record; add --data "
                         "DIR, or --ephemeral to keep nothing");
}

// Where the record is kept; empty with --ephemeral alone.
absl::StatusOr<std::string> DataFolder(ctl::Invocation& run) {
  if (run.Has("--ephemeral")) return "";
  if (!run.Has("--data")) return DefaultData(run);
  if (!run.Text("--data").empty()) return run.Text("--data");
  return ctl::UsageError("--data", "",
                         "--data needs a folder; --ephemeral is the way to keep nothing");
}

// In a container nobody outside reaches its loopback: an address has to be asked for. Nobody
// outside is meant by a port that the system chooses.
absl::Status CheckReachable(ctl::Invocation& run, const std::string& listen) {
  if (run.Has("--listen") || absl::EndsWith(listen, ":0")) return absl::OkStatus();
  if (!serving::InContainer("/", run.streams().variable)) return absl::OkStatus();
  const std::string port = listen.substr(listen.rfind(':'));
  return ctl::UsageError(
      "--listen", "",
      absl::StrCat("in a container nobody outside reaches ", listen, "; add --listen 0.0.0.0", port,
                   " --insecure, or --listen ", listen, " to be reached from inside alone"));
}

absl::StatusOr<std::string> ListenAddress(ctl::Invocation& run) {
  std::string listen = run.Text("--listen");
  if (run.Has("--port")) {
    ASSIGN_OR_RETURN(const int64_t port, run.Number("--port", serving::kMaxPort));
    listen = serving::WithPort(listen, static_cast<int>(port));
  }
  RETURN_IF_ERROR(CheckReachable(run, listen));
  RETURN_IF_ERROR(serving::CheckExposure(listen, run.Has("--insecure")));
  return listen;
}

absl::StatusOr<ctl::Exit> Serve(ctl::Invocation& run) {
  serving::BlockSignals();
  RegisterOptions options;
  ASSIGN_OR_RETURN(options.listen, ListenAddress(run));
  ASSIGN_OR_RETURN(options.data, DataFolder(run));
  if (run.Text("--high-water") == "every-commit") {
    options.high_water = storage::HighWater::kEveryCommit;
  }
  ASSIGN_OR_RETURN(const int64_t accepted,
                   run.Number("--accept-data-loss", std::numeric_limits<int64_t>::max()));
  options.accept_data_loss = static_cast<uint64_t>(accepted);
  options.on_fatal = serving::ExitForFailedStore;
  const std::string data = options.data;
  auto started = Register::Start(std::move(options));
  if (!started.ok()) return WithCure(started.status(), "--listen");
  const std::unique_ptr<Register> served = *std::move(started);
  RETURN_IF_ERROR(serving::WriteReadyFile(run.Text("--ready-file"), {{"grpc", served->address()}}));
  ASSIGN_OR_RETURN(const Banner banner, BannerOf(*served, data));
  const std::string json = BannerJson(banner);
  run.output().ShowValue(json, run.streams().out_is_terminal ? BannerText(banner) : json + "\n");
  run.streams().out.flush();
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
