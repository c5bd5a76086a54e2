#include "CLI/CLI.hpp"
#include "gateway/rpc/gateway_main.h"
#include "services/serving/lifecycle.h"

int main(int argc, char** argv) {
  chancery::serving::BlockSignals();
  chancery::gateway::rpc::GatewayFlags flags;
  CLI::App app("Chancery's gateway: one address for the whole register");
  app.add_option("--listen", flags.listen,
                 "host:port to serve gRPC at; port 0 lets the system choose")
      ->capture_default_str();
  app.add_option("--people", flags.people, "address of the people service")->required();
  app.add_option("--events", flags.events, "address of the events service")->required();
  app.add_option("--agreements", flags.agreements, "address of the agreements service")->required();
  app.add_option("--ready-file", flags.ready_file, "JSON file to write the address to once ready");
  app.add_flag("--insecure", flags.insecure, "allow an address that is not loopback");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return chancery::gateway::rpc::GatewayMain(flags);
}
