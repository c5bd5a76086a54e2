#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/ctl/commands.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "services/serving/rpc_service.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"

// Every command in every situation that it can get into, in every format: what reaches stdout and
// stderr, and the exit code. A command without its rows fails the test.

namespace chancery::ctl {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using Words = std::vector<std::string>;

enum class Situation { kHit, kEmpty, kUsage, kRefused, kConflict, kDown, kPartial, kFault };

struct Row {
  Situation situation;
  Words words;
  std::string input = {};
};

constexpr char kNoda[] = "people/noda";
constexpr char kNewPerson[] = R"({"name": "people/matrix", "names": [{"id": "a", "text": "A"}]})";
constexpr char kBadPerson[] = R"({"name": "people/bad", "state": "states/nowhere"})";

// Rows of commands that ask a register also have kDown and kFault, made from their first row.
std::map<std::string, std::vector<Row>> AllRows() {
  using S = Situation;
  return {
      {"dossier",
       {{S::kHit, {"dossier", "russia", "japan"}},
        {S::kEmpty, {"dossier", "canada", "afghanistan"}},
        {S::kUsage, {"dossier", "russia"}},
        {S::kRefused, {"dossier", "russia", "japn"}},
        {S::kPartial, {"dossier", "russia", "japan"}}}},
      {"timeline",
       {{S::kHit, {"timeline", "russia", "japan", "--page-size", "2"}},
        {S::kEmpty, {"timeline", "canada", "afghanistan"}},
        {S::kUsage, {"timeline", "russia", "japan", "--page-size", "two"}},
        {S::kRefused, {"timeline", "russia", "japan", "--page-token", "x"}},
        {S::kPartial, {"timeline", "russia", "japan"}}}},
      {"who",
       {{S::kHit, {"who", "posts/jp-pm", "--on", "2012-06-18"}},
        {S::kEmpty, {"who", "posts/jp-pm", "--on", "1901-01-01"}},
        {S::kUsage, {"who"}},
        {S::kRefused, {"who", "posts/nothing"}}}},
      {"get",
       {{S::kHit, {"get", kNoda}},
        {S::kHit, {"get", kNoda, "states/japan", "people/putin"}},
        {S::kUsage, {"get", "poeple/noda"}},
        {S::kRefused, {"get", "people/nda"}},
        {S::kRefused, {"get", kNoda, "people/nda"}}}},
      {"list",
       {{S::kHit, {"list", "people", "--page-size", "2"}},
        {S::kHit, {"list", "people", "--page-size", "2", "--all"}},
        {S::kEmpty, {"list", "people", "--filter", "state = \"states/canada\""}},
        {S::kUsage, {"list", "poeple"}},
        {S::kRefused, {"list", "people", "--filter", "stat = 1"}}}},
      {"history",
       {{S::kHit, {"history", kNoda}},
        {S::kUsage, {"history", "noda"}},
        {S::kRefused, {"history", "people/nda"}}}},
      {"import",
       {{S::kHit, {"import", "-"}, kNewPerson},
        {S::kUsage, {"import", "/no/such/file"}},
        {S::kRefused, {"import", "-"}, kBadPerson}}},
      {"apply",
       {{S::kHit, {"apply", "-f", "-"}, kNewPerson},
        {S::kEmpty, {"apply", "-f", "-"}},
        {S::kUsage, {"apply"}},
        {S::kRefused, {"apply", "-f", "-"}, kBadPerson},
        {S::kConflict, {"apply", "-f", "-", "--etag", "stale"}, kNewPerson}}},
      {"delete",
       {{S::kHit, {"delete", kNoda}},
        {S::kUsage, {"delete", "noda"}},
        {S::kRefused, {"delete", "people/nda"}},
        {S::kConflict, {"delete", "people/putin", "--etag", "stale"}}}},
      {"undelete",
       {{S::kHit, {"undelete", kNoda}},
        {S::kUsage, {"undelete", kNoda, "--etga", "x"}},
        {S::kRefused, {"undelete", "people/nda"}},
        {S::kConflict, {"undelete", kNoda}}}},
      {"health",
       {{S::kHit, {"health"}},
        {S::kHit, {"health", "--full"}},
        {S::kHit, {"health", "--ready", "--wait", "5s"}},
        {S::kUsage, {"health", "--wait", "soon"}},
        {S::kPartial, {"health"}}}},
      {"help", {{S::kHit, {"help"}}, {S::kHit, {"help", "list"}}, {S::kUsage, {"help", "lst"}}}},
      {"version", {{S::kHit, {"version"}}, {S::kUsage, {"version", "--full"}}}},
  };
}

int ExitFor(Situation situation) {
  switch (situation) {
    case Situation::kHit:
      return 0;
    case Situation::kEmpty:
      return 1;
    case Situation::kUsage:
      return 2;
    case Situation::kRefused:
      return 3;
    case Situation::kDown:
      return 4;
    case Situation::kPartial:
      return 5;
    case Situation::kConflict:
      return 6;
    case Situation::kFault:
      return 7;
  }
  return -1;
}

// A server whose every method has a fault.
class FaultyServer {
 public:
  FaultyServer() {
    std::vector<serving::RpcService*> services;
    for (const char* name :
         {"chancery.people.v1.PeopleService", "chancery.gateway.v1.GatewayService"}) {
      services_.push_back(std::make_unique<serving::RpcService>(name));
      services.push_back(services_.back().get());
      const auto* service =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
      for (int i = 0; i < service->method_count(); ++i) {
        services_.back()->Raw(service->method(i)->name(), [](serving::Call call) {
          std::move(call).Finish(absl::InternalError("secret"));
        });
      }
    }
    server_ = serving::Server::Start({"127.0.0.1:0", services}).value();
    server_->SetServing(true);
  }
  const std::string& address() const { return server_->address(); }

 private:
  std::vector<std::unique_ptr<serving::RpcService>> services_;
  std::unique_ptr<serving::Server> server_;
};

class Matrix : public ::testing::TestWithParam<std::string> {
 protected:
  // Runs a row in a situation against an address, and checks what every command keeps to.
  void Check(const Row& row, Situation situation, const std::string& address) {
    Words words = row.words;
    const bool has_register = words.front() != "help" && words.front() != "version";
    if (has_register) words.insert(words.end(), {"--address", address});
    words.insert(words.end(), {"--output", GetParam()});
    SCOPED_TRACE(absl::StrCat(words.front(), " as row ", words.size(), " expects ",
                              ExitFor(situation), ": ", row.words.back()));
    const Outcome outcome = RunCommand(words, {.input = row.input});
    EXPECT_EQ(outcome.exit, ExitFor(situation)) << outcome.out << outcome.err;
    EXPECT_LT(outcome.took, absl::Seconds(10));
    EXPECT_FALSE(absl::StrContains(outcome.out + outcome.err, "\x1b"));
    EXPECT_FALSE(absl::StrContains(outcome.out + outcome.err, "secret"));
    const bool is_answer = situation == Situation::kHit || situation == Situation::kEmpty ||
                           situation == Situation::kPartial || row.words.front() == "import";
    const bool has_answer =
        is_answer && !(situation != Situation::kHit && situation != Situation::kRefused &&
                       row.words.front() == "import");
    if (GetParam() == "table") {
      if (!has_answer) CheckSentence(outcome);
    } else if (has_answer) {
      CheckAnswer(outcome, situation);
    } else {
      CheckError(outcome);
    }
  }

 private:
  static void CheckSentence(const Outcome& outcome) {
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_TRUE(absl::StartsWith(outcome.err, "chancery: ")) << outcome.err;
    EXPECT_TRUE(absl::StrContains(outcome.err, " [")) << "the reason in brackets: " << outcome.err;
  }

  void CheckAnswer(const Outcome& outcome, Situation situation) {
    if (GetParam() == "json") {
      EXPECT_NE(ParseJson(outcome.out).kind_case(), google::protobuf::Value::KIND_NOT_SET)
          << outcome.out;
    }
    if (GetParam() == "jsonl") {
      for (const std::string& line : Lines(outcome.out)) {
        EXPECT_NE(ParseJson(line).kind_case(), google::protobuf::Value::KIND_NOT_SET) << line;
      }
    }
    if (situation != Situation::kEmpty) {
      EXPECT_THAT(outcome.out, Not(IsEmpty()));
    }
    // The only other thing there may be is how to go on.
    if (!outcome.err.empty()) {
      EXPECT_EQ(ParseJson(outcome.err).struct_value().fields().count("nextPageToken"), 1)
          << outcome.err;
    }
  }

  static void CheckError(const Outcome& outcome) {
    EXPECT_THAT(outcome.out, IsEmpty());
    const auto status = ParseJson(outcome.err).struct_value().fields();
    ASSERT_EQ(status.count("code"), 1) << outcome.err;
    EXPECT_THAT(status.at("message").string_value(), Not(IsEmpty()));
    const auto& info = status.at("details").list_value().values(0).struct_value().fields();
    EXPECT_EQ(info.at("@type").string_value(), "type.googleapis.com/google.rpc.ErrorInfo");
    EXPECT_EQ(info.at("domain").string_value(), "chancery.dev");
    EXPECT_THAT(info.at("reason").string_value(), Not(IsEmpty()));
  }
};

TEST_P(Matrix, HasEveryCommand) {
  std::set<std::string> commands;
  for (const Command& command : AllCommands()) commands.insert(command.name);
  std::set<std::string> rows;
  for (const auto& [name, unused] : AllRows()) rows.insert(name);
  EXPECT_EQ(commands, rows);
}

TEST_P(Matrix, AgainstARegister) {
  const auto record = TestRegister::WithRecord();
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) {
      if (row.situation != Situation::kPartial) Check(row, row.situation, record->address());
    }
  }
}

TEST_P(Matrix, WithAServiceMissing) {
  const auto record = TestRegister::WithRecord();
  record->StopService("events");
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) {
      if (row.situation == Situation::kPartial) Check(row, row.situation, record->address());
    }
  }
}

TEST_P(Matrix, WithoutARegister) {
  for (const Command& command : AllCommands()) {
    if (command.access == Access::kLocal) continue;
    Check(AllRows().at(command.name).front(), Situation::kDown, DeadAddress());
  }
}

TEST_P(Matrix, WithAFaultOfTheServer) {
  const FaultyServer server;
  for (const Command& command : AllCommands()) {
    if (command.access == Access::kLocal) continue;
    Check(AllRows().at(command.name).front(), Situation::kFault, server.address());
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Matrix, ::testing::Values("table", "json", "jsonl"),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace chancery::ctl
