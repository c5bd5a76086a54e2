// The people service with protections switched off: what the tests compare the real one with.

#include <cstdio>
#include <string>

#include "CLI/CLI.hpp"
#include "proto/errors/status_macros.h"
#include "services/people/people_service.h"
#include "services/resource/service_host.h"
#include "services/serving/lifecycle.h"
#include "services/serving/ready_file.h"
#include "services/serving/server.h"
#include "storage/sealer.h"

namespace chancery::faults {
namespace {

struct Flags {
  std::string data, key_file, ready_file;
  bool acknowledge_early = false;
  bool no_replay = false;
};

absl::Status Serve(const Flags& flags) {
  ASSIGN_OR_RETURN(const auto sealer, storage::Sealer::FromKeyFile(flags.key_file));
  storage::StoreOptions options;
  options.path = flags.data;
  options.unsafe.acknowledge_early = flags.acknowledge_early;
  options.unsafe.replay_requests = !flags.no_replay;
  ASSIGN_OR_RETURN(const auto host, resource::ServiceHost::Open(people::Definition(),
                                                                std::move(options), sealer.get()));
  ASSIGN_OR_RETURN(const auto server, serving::Server::Start({"127.0.0.1:0", {&host->rpc()}}));
  RETURN_IF_ERROR(serving::WriteReadyFile(flags.ready_file, {{"grpc", server->address()}}));
  serving::WaitForStop();
  server->Shutdown(absl::Seconds(5));
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  serving::BlockSignals();
  Flags flags;
  CLI::App app("Chancery's people service, unprotected");
  app.add_option("--data", flags.data)->required();
  app.add_option("--key-file", flags.key_file)->required();
  app.add_option("--ready-file", flags.ready_file)->required();
  app.add_flag("--acknowledge-early", flags.acknowledge_early);
  app.add_flag("--no-replay", flags.no_replay);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Serve(flags);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace chancery::faults

int main(int argc, char** argv) { return chancery::faults::Main(argc, argv); }
