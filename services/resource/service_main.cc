#include "services/resource/service_main.h"

#include <cstdio>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/serving/address.h"
#include "services/serving/lifecycle.h"
#include "services/serving/ready_file.h"
#include "services/serving/server.h"

namespace chancery::resource {
namespace {

constexpr int kExitUsage = 2;
constexpr int kExitRefused = 3;
constexpr int kExitDataLoss = 65;
constexpr auto kDrain = absl::Seconds(5);

struct Flags {
  std::string listen = "127.0.0.1:0";
  std::string data;
  std::string key_file;
  std::string ready_file;
  std::string high_water = "periodic";
  uint64_t accept_data_loss = 0;
  bool insecure = false;
};

void AddFlags(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.listen,
                 "host:port to serve gRPC at; port 0 lets the system choose")
      ->capture_default_str();
  app.add_option("--data", flags.data, "folder of the store; made if it is not there")->required();
  app.add_option("--key-file", flags.key_file,
                 "key that seals tokens, the same for all services; made if it is not there")
      ->required();
  app.add_option("--ready-file", flags.ready_file, "JSON file to write the address to once ready");
  app.add_option("--high-water", flags.high_water,
                 "how soon the newest commit is noted: periodic (100 ms) or every-commit")
      ->check(CLI::IsMember({"periodic", "every-commit"}))
      ->capture_default_str();
  app.add_option("--accept-data-loss", flags.accept_data_loss,
                 "open although commits are missing, if this is the newest one left");
  app.add_flag("--insecure", flags.insecure, "allow an address that is not loopback");
}

absl::Status Serve(const ServiceDefinition& definition, const Flags& flags) {
  RETURN_IF_ERROR(serving::CheckExposure(flags.listen, flags.insecure));
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(flags.key_file));
  storage::StoreOptions options;
  options.path = flags.data;
  options.accept_data_loss = flags.accept_data_loss;
  options.on_fatal = serving::ExitForFailedStore;
  if (flags.high_water == "every-commit") options.high_water = storage::HighWater::kEveryCommit;
  ASSIGN_OR_RETURN(const auto host,
                   ServiceHost::Open(definition, std::move(options), sealer.get()));
  ASSIGN_OR_RETURN(const auto server, serving::Server::Start({flags.listen, {&host->rpc()}}));
  server->SetServing(true);
  RETURN_IF_ERROR(serving::WriteReadyFile(flags.ready_file, {{"grpc", server->address()}}));
  serving::WaitForStop();
  server->Shutdown(kDrain);
  return absl::OkStatus();
}

int ExitCode(const absl::Status& status) {
  if (status.ok()) return 0;
  if (errors::HasReason(status, types::v1::USAGE_INVALID)) return kExitUsage;
  if (errors::HasReason(status, types::v1::WAL_TAIL_LOST)) return kExitDataLoss;
  return kExitRefused;
}

}  // namespace

int ServiceMain(const ServiceDefinition& definition, int argc, char** argv) {
  serving::BlockSignals();
  Flags flags;
  CLI::App app(absl::StrCat("Chancery's ", definition.name, " service"));
  AddFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  }
  const absl::Status status = Serve(definition, flags);
  if (!status.ok()) {
    std::fprintf(stderr, "%s [%s]\n", std::string(status.message()).c_str(),
                 errors::InfoOf(status).reason().c_str());
  }
  return ExitCode(status);
}

}  // namespace chancery::resource
