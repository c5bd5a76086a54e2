// `serve` by itself: what it says at the start, what it keeps, where it listens.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/strict_json.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"
#include "tests/system/deployment.h"
#include "tests/system/terminal.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using testing::BinaryPath;
using testing::Chancery;
using testing::Deployment;
using ::testing::EndsWith;
using testing::Finished;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::LinesOf;
using ::testing::Not;
using testing::RecordFolder;
using testing::RunProgram;
using testing::ServerProcess;
using testing::Shape;
using ::testing::StartsWith;
using Words = std::vector<std::string>;

Words Joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words Binary(const Words& words = {}) {
  return Joined({BinaryPath("deploy/allinone/chancery")}, words);
}

// A record a line.
int LinesIn(const std::string& folder) {
  int lines = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".jsonl") continue;
    std::ifstream text(file.path());
    for (std::string line; std::getline(text, line);) ++lines;
  }
  return lines;
}

std::string HoldersName(const ServerProcess& server) { return absl::StrCat(server.pid()); }

// ---- What it says ------------------------------------------------------------------------------

// The banner as a terminal shows it.
std::string BannerOf(const Words& flags) {
  const testing::Screen screen =
      testing::RunOnTerminal(Binary(Joined({"serve", "--port", "0"}, flags)), 80, "  try ");
  EXPECT_EQ(screen.exit_code, 0) << "Ctrl-C is a clean end";
  return screen.text.substr(0, screen.text.find("^C"));
}

// What stands in the banner's line of this name.
std::string LineOf(const std::string& banner, const std::string& name) {
  for (const std::string& line : LinesOf(banner)) {
    if (absl::StartsWith(line, absl::StrCat("  ", name, " "))) return line.substr(11);
  }
  return "";
}

TEST(Banner, SaysWhatIsTrueInAlignedLines) {
  const std::string data = testing::NewFolder("data");
  const std::string banner = BannerOf({"--data", data});
  const std::vector<std::string> lines = LinesOf(banner);
  EXPECT_LE(lines.size(), 12);
  EXPECT_THAT(lines.front(), StartsWith("chancery "));
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].substr(0, 2), "  ") << banner;
    EXPECT_EQ(lines[i][10], ' ') << banner;
    EXPECT_NE(lines[i][11], ' ') << banner;
  }
  EXPECT_THAT(LineOf(banner, "gRPC"), StartsWith("127.0.0.1:"));
  for (const char* missing : {"REST", "page", "metrics"}) {
    EXPECT_EQ(LineOf(banner, missing), "not built yet");
  }
  EXPECT_EQ(LineOf(banner, "data"), data);
  EXPECT_EQ(LineOf(banner, "records"), "none yet");
}

TEST(Banner, CountsWhatIsThereAndNamesWhatWorks) {
  const std::string data = testing::NewFolder("data");
  {
    const auto server = ServerProcess::Start(Binary({"serve", "--port", "0", "--data", data}));
    ASSERT_THAT(server, IsOk());
    ASSERT_EQ(Chancery({"import", RecordFolder(), "--address", (*server)->address()}).exit_code, 0);
  }
  const std::string banner = BannerOf({"--data", data});
  EXPECT_THAT(LineOf(banner, "records"),
              StartsWith(absl::StrCat(LinesIn(RecordFolder()), ", last commit 20")));
  const auto server = ServerProcess::Start(Binary({"serve", "--port", "0", "--data", data}));
  ASSERT_THAT(server, IsOk());
  Words words = absl::StrSplit(LineOf(banner, "try"), ' ');
  ASSERT_EQ(words.front(), "chancery");
  words.erase(words.begin());
  ASSERT_EQ(words[words.size() - 2], "--address");
  words.back() = (*server)->address();
  EXPECT_EQ(Chancery(words).exit_code, 0);
}

TEST(Banner, SaysThatNothingIsKept) {
  EXPECT_THAT(LineOf(BannerOf({"--ephemeral"}), "data"), HasSubstr("gone when this process ends"));
}

// Without a terminal it is one line of JSON, whose address answers, at the second start too; and
// neither start nor end says anything of WARN or ERROR.
TEST(Banner, IsALineOfJsonForALog) {
  const std::string data = testing::NewFolder("data");
  for (int start = 1; start <= 2; ++start) {
    const auto server = ServerProcess::Start(Binary({"serve", "--port", "0", "--data", data}));
    ASSERT_THAT(server, IsOk());
    const Finished health = Chancery({"health", "--address", (*server)->address()});
    EXPECT_EQ(health.exit_code, 0) << health.err;
    EXPECT_EQ((*server)->Stop(SIGTERM), 0);
    const std::string output = (*server)->output();
    EXPECT_EQ(LinesOf(output).size(), 1) << output;
    EXPECT_TRUE(ctl::IsOneJsonValue(output)) << output;
    google::protobuf::Struct line;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(output, &line).ok()) << output;
    EXPECT_EQ(line.fields().at("grpc").string_value(), (*server)->address());
    EXPECT_EQ(line.fields().at("data").string_value(), data);
    EXPECT_FALSE(line.fields().at("ephemeral").bool_value());
    EXPECT_THAT(output, Not(AnyOf(HasSubstr("WARN"), HasSubstr("ERROR"))));
  }
}

// ---- What it keeps -----------------------------------------------------------------------------

TEST(Data, LiesWhereTheDesktopKeepsData) {
  const std::string home = testing::NewFolder("home");
  const std::string other = testing::NewFolder("other");
  const auto serve = [](const Words& variables) {
    return ServerProcess::Start(Joined(Joined({"/usr/bin/env", "-u", "XDG_DATA_HOME"}, variables),
                                       Binary({"serve", "--port", "0"})));
  };
  ASSERT_THAT(serve({"HOME=" + home, "XDG_DATA_HOME=" + other}), IsOk());
  EXPECT_TRUE(fs::exists(other + "/chancery/people/CURRENT"));
  EXPECT_TRUE(fs::is_empty(home));
  // Without a variable that counts there is the other; relative ones do not count.
  ASSERT_THAT(serve({"HOME=" + home, "XDG_DATA_HOME="}), IsOk());
  EXPECT_TRUE(fs::exists(home + "/.local/share/chancery/people/CURRENT"));
}

TEST(Data, IsNeverLostForWantOfAPlace) {
  for (const Words& variables : {Words{}, Words{"HOME="}, Words{"HOME=relative"}}) {
    const Finished nowhere =
        RunProgram(Joined(Joined({"/usr/bin/env", "-u", "XDG_DATA_HOME", "-u", "HOME"}, variables),
                          Binary({"serve", "--port", "0"})));
    EXPECT_EQ(nowhere.exit_code, 2) << nowhere.out;
    EXPECT_THAT(nowhere.err, HasSubstr("--ephemeral"));
  }
  const Finished empty = Chancery({"serve", "--port", "0", "--data", ""});
  EXPECT_EQ(empty.exit_code, 2) << empty.out;
  EXPECT_THAT(empty.err, HasSubstr("--data"));
}

TEST(Data, InUseIsNamedWithItsHolder) {
  const std::string data = testing::NewFolder("data");
  const auto holder = ServerProcess::Start(Binary({"serve", "--port", "0", "--data", data}));
  ASSERT_THAT(holder, IsOk());
  const Finished second = Chancery({"serve", "--data", data, "--port", "0"});
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_THAT(second.err, HasSubstr("in use by the process " + HoldersName(**holder)));
  EXPECT_LT(second.took, absl::Seconds(2));
}

// ---- Where it listens --------------------------------------------------------------------------

// Where servers and those who ask them run: on this machine, or in a network namespace of their
// own.
class Network {
 public:
  virtual ~Network() = default;
  // What a server's command line begins with.
  virtual Words Inside() const { return {}; }
  // What the command line of another one in the server's network begins with.
  virtual Words Beside(const ServerProcess&) const { return {}; }
};

class Namespace : public Network {
 public:
  // `set_up` is a line of shell in the new namespace, whose interfaces are all down.
  explicit Namespace(std::string set_up) : set_up_(std::move(set_up)) {}

  static bool Allowed() {
    return RunProgram({"/usr/bin/unshare", "-rn", "/bin/sh", "-c", "ip link set lo up"})
               .exit_code == 0;
  }

  Words Inside() const override {
    return {"/usr/bin/unshare", "-rn", "/bin/sh", "-c", set_up_ + " && exec \"$@\"", "sh"};
  }
  Words Beside(const ServerProcess& server) const override {
    return {"/usr/bin/nsenter",       "-t", absl::StrCat(server.pid()), "-U", "-n",
            "--preserve-credentials", "--"};
  }

 private:
  const std::string set_up_;
};

constexpr char kNoNamespaces[] = "network namespaces are not allowed here";

class Ports : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (std::string(GetParam()).empty()) {
      network_ = std::make_unique<Network>();
    } else {
      if (!Namespace::Allowed()) GTEST_SKIP() << kNoNamespaces;
      network_ = std::make_unique<Namespace>(GetParam());
    }
  }

  absl::StatusOr<std::unique_ptr<ServerProcess>> Serve(const std::string& listen) {
    return ServerProcess::Start(
        Joined(network_->Inside(), Binary({"serve", "--ephemeral", "--listen", listen})));
  }

  int HealthOf(const ServerProcess& server) {
    return RunProgram(
               Joined(network_->Beside(server), Binary({"health", "--address", server.address()})))
        .exit_code;
  }

  std::unique_ptr<Network> network_;
};

TEST_P(Ports, OfTheSystemsChoiceAndThenFree) {
  auto server = Serve("127.0.0.1:0");
  ASSERT_THAT(server, IsOk());
  const std::string address = (*server)->address();
  EXPECT_THAT(address, Not(EndsWith(":0")));
  EXPECT_EQ(HealthOf(**server), 0);
  EXPECT_EQ((*server)->Stop(SIGTERM), 0);
  server = Serve(address);
  ASSERT_THAT(server, IsOk());
  EXPECT_EQ((*server)->address(), address);
  EXPECT_EQ(HealthOf(**server), 0);
}

TEST_P(Ports, TakenAreNamedWithTheirHolder) {
  const auto holder = Serve("127.0.0.1:0");
  ASSERT_THAT(holder, IsOk());
  const std::string& address = (*holder)->address();
  const std::string port = address.substr(address.rfind(':') + 1);
  const auto second = [&](const Words& words) {
    return RunProgram(Joined(network_->Beside(**holder), Binary(words)));
  };
  for (const Finished& refused : {second({"serve", "--ephemeral", "--listen", address}),
                                  second({"demo", "--once", "--port", port})}) {
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_THAT(refused.err, HasSubstr(address));
    EXPECT_THAT(refused.err, HasSubstr("held by pid " + HoldersName(**holder) + " (chancery)"));
    EXPECT_THAT(refused.err, AnyOf(HasSubstr("--listen"), HasSubstr("--port")));
    EXPECT_THAT(refused.err, HasSubstr("ADDRESS_TAKEN"));
    EXPECT_LT(refused.took, absl::Seconds(2));
  }
}

TEST_P(Ports, OfIpv6) {
  const auto server = Serve("[::1]:0");
  if (!server.ok() && absl::StrContains(server.status().message(), "no interface")) {
    GTEST_SKIP() << "there is no IPv6 here";
  }
  ASSERT_THAT(server, IsOk());
  EXPECT_THAT((*server)->address(), StartsWith("[::1]:"));
  EXPECT_EQ(HealthOf(**server), 0);
}

INSTANTIATE_TEST_SUITE_P(Networks, Ports, ::testing::Values("", "ip link set lo up"),
                         [](const auto& info) { return info.index == 0 ? "Host" : "Namespace"; });

constexpr char kIpv6Alone[] = "ip link set lo up && ip addr del 127.0.0.1/8 dev lo";

TEST(Port, WhereThereIsIpv6Alone) {
  if (!Namespace::Allowed()) GTEST_SKIP() << kNoNamespaces;
  const Namespace alone(kIpv6Alone);
  const Finished refused =
      RunProgram(Joined(alone.Inside(), Binary({"serve", "--ephemeral", "--port", "0"})));
  EXPECT_EQ(refused.exit_code, 2) << refused.out;
  EXPECT_THAT(refused.err, HasSubstr("127.0.0.1:0"));
  EXPECT_THAT(refused.err, HasSubstr("no interface"));
  const auto server = ServerProcess::Start(
      Joined(alone.Inside(), Binary({"serve", "--ephemeral", "--listen", "[::1]:0"})));
  ASSERT_THAT(server, IsOk());
  const Finished health = RunProgram(
      Joined(alone.Beside(**server), Binary({"health", "--address", (*server)->address()})));
  EXPECT_EQ(health.exit_code, 0) << health.err;
}

// Loopback that is down can be bound, and nobody would reach it.
TEST(Port, WithoutAnInterfaceThatIsUp) {
  if (!Namespace::Allowed()) GTEST_SKIP() << kNoNamespaces;
  const Finished refused = RunProgram(
      Joined(Namespace("true").Inside(), Binary({"serve", "--ephemeral", "--port", "0"})));
  EXPECT_EQ(refused.exit_code, 2) << refused.out;
  EXPECT_THAT(refused.err, HasSubstr("loopback interface is down"));
}

TEST(Port, OpenToTheNetworkNeedsInsecure) {
  for (const std::string open : {"0.0.0.0:0", "[::]:0"}) {
    const Finished refused = Chancery({"serve", "--ephemeral", "--listen", open});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("--insecure"));
  }
  // Twin, where no other machine is reached.
  if (!Namespace::Allowed()) GTEST_SKIP() << kNoNamespaces;
  EXPECT_THAT(ServerProcess::Start(
                  Joined(Namespace("ip link set lo up").Inside(),
                         Binary({"serve", "--ephemeral", "--listen", "0.0.0.0:0", "--insecure"}))),
              IsOk());
}

TEST(Port, InAContainerHasToBeAskedFor) {
  const auto contained = [](const Words& flags) {
    return Joined(Joined({"/usr/bin/env", "-u", "CHANCERY_LISTEN", "container=oci"}, Binary()),
                  Joined({"serve", "--ephemeral"}, flags));
  };
  const Finished refused = RunProgram(contained({}));
  EXPECT_EQ(refused.exit_code, 2) << refused.out;
  EXPECT_THAT(refused.err, HasSubstr("add --listen 0.0.0.0:7600 --insecure,"));
  EXPECT_THAT(RunProgram(contained({"--port", "7601"})).err,
              HasSubstr("add --listen 0.0.0.0:7601 --insecure,"));
  for (const Words& flags : {Words{"--port", "0"}, Words{"--listen", "127.0.0.1:0"}}) {
    EXPECT_THAT(ServerProcess::Start(contained(flags)), IsOk());
  }
}

// ---- When it is ready --------------------------------------------------------------------------

TEST(Health, NoReadFailsAfterTheFirstReady) {
  Deployment deployment(Shape::kOneProcess);
  ASSERT_THAT(deployment.Start(), IsOk());
  deployment.StopAll(SIGKILL);
  // Asked from before the start, at the address that it comes back at.
  const std::string address = deployment.address();
  auto ready = std::async(std::launch::async, [&] {
    const Finished health = Chancery({"health", "--ready", "--wait", "30s", "--address", address});
    testing::Caller caller(address);
    int failed = 0;
    for (int i = 0; i < 100; ++i) {
      if (!caller.CallBytes("chancery.people.v1.PeopleService/ListPeople", "").ok()) ++failed;
    }
    return std::pair(health.exit_code, failed);
  });
  ASSERT_THAT(deployment.Start(), IsOk());
  EXPECT_EQ(ready.get(), std::pair(0, 0));
}

// Twin: without a register there is no ready, and reads fail.
TEST(Health, NothingIsReadyBeforeTheStart) {
  Deployment deployment(Shape::kOneProcess);
  ASSERT_THAT(deployment.Start(), IsOk());
  deployment.StopAll(SIGKILL);
  const std::string& address = deployment.address();
  EXPECT_EQ(Chancery({"health", "--ready", "--wait", "100ms", "--address", address}).exit_code, 4);
}

TEST(Health, IsGrpcsOwnForEveryService) {
  const auto server = ServerProcess::Start(Binary({"serve", "--ephemeral", "--port", "0"}));
  ASSERT_THAT(server, IsOk());
  testing::Caller caller((*server)->address());
  const auto check = [&](const std::string& service) {
    // HealthCheckRequest is one text, its length in one byte; the reply is one enum.
    const std::string request =
        service.empty()
            ? ""
            : absl::StrCat("\x0a", std::string(1, static_cast<char>(service.size())), service);
    return caller.CallBytes("grpc.health.v1.Health/Check", request).value_or("none");
  };
  const std::string serving = "\x08\x01";
  for (const char* service :
       {"", "chancery.gateway.v1.GatewayService", "chancery.people.v1.PeopleService",
        "chancery.events.v1.EventsService", "chancery.agreements.v1.AgreementsService"}) {
    EXPECT_EQ(check(service), serving) << service;
  }
  EXPECT_EQ(check("chancery.nobody.v1.NobodyService"), "none");
}

TEST(Demo, EndsWithADossier) {
  const Finished demo = Chancery({"demo", "--once"});
  EXPECT_EQ(demo.exit_code, 0) << demo.err;
  EXPECT_THAT(demo.out, HasSubstr("Los Cabos"));
  EXPECT_LT(demo.took, absl::Seconds(10));
}

// ---- Without a terminal ------------------------------------------------------------------------

// How long a command takes when the machine lets it: the best of three.
absl::Duration TimeOf(const Words& words, Finished& last) {
  absl::Duration best = absl::InfiniteDuration();
  for (int i = 0; i < 3 && best > absl::Seconds(1); ++i) {
    last = RunProgram(words);
    best = std::min(best, last.took);
  }
  return best;
}

// In a session of its own with nothing to read, no command waits for anybody; what is missing is
// named. `serve` waits for its end, and `demo` serves.
TEST(NoTerminal, NoCommandAsks) {
  const auto server = ServerProcess::Start(Binary({"serve", "--ephemeral", "--port", "0"}));
  ASSERT_THAT(server, IsOk());
  google::protobuf::Struct tree;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(Chancery({"help", "--output", "json"}).out, &tree)
          .ok());
  int commands = 0;
  for (const auto& row : tree.fields().at("commands").list_value().values()) {
    const auto& command = row.struct_value().fields();
    const std::string name = command.at("name").string_value();
    SCOPED_TRACE(name);
    ++commands;
    std::string missing;
    for (const char* list : {"flags", "arguments"}) {
      for (const auto& each : command.at(list).list_value().values()) {
        const auto& word = each.struct_value().fields();
        const bool required = std::string(list) == "flags" ? word.at("required").bool_value()
                                                           : !word.at("optional").bool_value();
        if (required && missing.empty()) missing = word.at("name").string_value();
      }
    }
    if (missing.empty() && (name == "serve" || name == "demo")) continue;
    Words words = Binary({name});
    if (command.at("access").string_value() != "local") {
      words = Joined(words, {"--address", (*server)->address()});
    }
    Finished finished;
    EXPECT_LE(TimeOf(words, finished), absl::Seconds(1));
    // An empty register has nothing to export, and nothing contested, which is the answer.
    const int done = name == "export" || name == "conflicts" ? 1 : 0;
    EXPECT_EQ(finished.exit_code, missing.empty() ? done : 2) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(missing));
  }
  EXPECT_GE(commands, 16);
}

// Those that read are given nothing.
TEST(NoTerminal, WhatReadsEndsWithItsInput) {
  const auto server = ServerProcess::Start(Binary({"serve", "--ephemeral", "--port", "0"}));
  ASSERT_THAT(server, IsOk());
  for (const auto& [words, code] :
       {std::pair(Words{"apply", "-f", "-"}, 1), std::pair(Words{"import", "-"}, 0)}) {
    Finished finished;
    EXPECT_LE(TimeOf(Binary(Joined(words, {"--address", (*server)->address()})), finished),
              absl::Seconds(1));
    EXPECT_EQ(finished.exit_code, code) << finished.err;
  }
}

}  // namespace
}  // namespace chancery
