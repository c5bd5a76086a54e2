#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/commands.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "services/serving/rpc_service.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/output_contract.h"
#include "tests/gateway/ctl/strict_json.h"
#include "tests/gateway/ctl/test_register.h"

// Every command in every situation that it can get into, in every format: what reaches stdout and
// stderr, and the exit code. A command without its rows fails the test.

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

constexpr char kNoda[] = "people/noda";
constexpr char kNewPerson[] = R"({"name": "people/matrix", "names": [{"id": "a", "text": "A"}]})";
constexpr char kBadPerson[] = R"({"name": "people/bad", "state": "states/nowhere"})";

// Rows of commands that ask a register also have kDown and kFault, made from their first row.
Rows AllRows() {
  using S = Situation;
  return {
      {"dossier",
       {{S::kHit, {"dossier", "russia", "japan"}},
        {S::kEmpty, {"dossier", "canada", "afghanistan"}},
        {S::kUsage, {"dossier", "russia"}},
        {S::kHit, {"dossier", "russia", "japan", "--section", "CONTACTS", "--page-size", "2"}},
        {S::kRefused, {"dossier", "russia", "japn"}},
        {S::kRefused, {"dossier", "russia", "japan", "--section", "MATTERS", "--page-token", "x"}},
        {S::kPartial, {"dossier", "russia", "japan"}, "", "agreements"}}},
      {"timeline",
       {{S::kHit, {"timeline", "russia", "japan", "--page-size", "2"}},
        {S::kEmpty, {"timeline", "canada", "afghanistan"}},
        {S::kUsage, {"timeline", "russia", "japan", "--page-size", "two"}},
        {S::kRefused, {"timeline", "russia", "japan", "--page-token", "x"}},
        {S::kPartial, {"timeline", "russia", "japan"}, "", "events"}}},
      {"encounters",
       {{S::kHit, {"encounters", "lavrov", "gemba", "--page-size", "2"}},
        {S::kHit, {"encounters", "posts/jp-pm", "states/russia"}},
        {S::kEmpty, {"encounters", "lavrov", "kan"}},
        {S::kUsage, {"encounters", "lavrov"}},
        {S::kRefused, {"encounters", "lavrov", "nobody"}},
        {S::kPartial, {"encounters", "lavrov", "gemba"}, "", "people"}}},
      {"who",
       {{S::kHit, {"who", "posts/jp-pm", "--on", "2012-06-18"}},
        {S::kEmpty, {"who", "posts/jp-pm", "--on", "1901-01-01"}},
        {S::kUsage, {"who"}},
        {S::kHit, {"who", "posts/jp-pm", "--on", "2012-06-18", "--require", "CERTAIN"}},
        {S::kEmpty, {"who", "posts/jp-pm", "--on", "2012-03-05", "--require", "CERTAIN"}},
        {S::kRefused, {"who", "posts/nothing"}},
        {S::kPartial, {"who", "japan"}, "", "people"}}},
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
        {S::kRefused, {"import", "-"}, kBadPerson, "", true}}},
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
        {S::kPartial, {"health"}, "", "events"},
        {S::kDown, {"health", "--ready"}, "", "people"}}},
      {"help", {{S::kHit, {"help"}}, {S::kHit, {"help", "list"}}, {S::kUsage, {"help", "lst"}}}},
      {"version", {{S::kHit, {"version"}}, {S::kUsage, {"version", "--full"}}}},
  };
}

// What can not become of a command.
std::map<std::string, std::set<Situation>> Never() {
  using S = Situation;
  // One service answers a call, or none does.
  return {
      {"dossier", {S::kConflict}},
      {"timeline", {S::kConflict}},
      {"encounters", {S::kConflict}},
      {"who", {S::kConflict}},
      {"get", {S::kEmpty, S::kConflict, S::kPartial}},
      {"list", {S::kConflict, S::kPartial}},
      {"history", {S::kEmpty, S::kConflict, S::kPartial}},
      // A line in conflict is a line that is refused.
      {"import", {S::kEmpty, S::kConflict, S::kPartial}},
      {"apply", {S::kPartial}},
      {"delete", {S::kEmpty, S::kPartial}},
      {"undelete", {S::kEmpty, S::kPartial}},
      {"health", {S::kEmpty, S::kRefused, S::kConflict}},
      {"help", {S::kEmpty, S::kRefused, S::kConflict, S::kDown, S::kPartial, S::kFault}},
      {"version", {S::kEmpty, S::kRefused, S::kConflict, S::kDown, S::kPartial, S::kFault}},
  };
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

void ExpectNoBytes(const google::protobuf::Descriptor& type,
                   std::set<const google::protobuf::Descriptor*>& seen) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* field = type.field(i);
    EXPECT_NE(field->type(), google::protobuf::FieldDescriptor::TYPE_BYTES) << field->full_name();
    if (field->message_type() != nullptr) ExpectNoBytes(*field->message_type(), seen);
  }
}

class Matrix : public ::testing::TestWithParam<std::string> {
 protected:
  // Runs a row in a situation against an address, and checks what every command keeps to.
  static void Check(const Row& row, Situation situation, const std::string& address) {
    Words words = row.words;
    const bool has_register = words.front() != "help" && words.front() != "version";
    if (has_register) words.insert(words.end(), {"--address", address});
    words.insert(words.end(), {"--output", GetParam()});
    const Outcome outcome = RunCommand(words, {.input = row.input});
    EXPECT_FALSE(absl::StrContains(outcome.out + outcome.err, "secret"));
    ExpectContract(outcome, row, situation, GetParam());
  }
};

TEST_P(Matrix, HasEveryCommandInEverySituation) {
  ExpectComplete(AllCommands(), AllRows(), Never());
}

TEST_P(Matrix, HasEveryExitCode) {
  std::set<int> codes = {ExitFor(Situation::kDown), ExitFor(Situation::kFault)};
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) codes.insert(ExitFor(row.situation));
  }
  for (const ExitRow& row : ExitTable()) EXPECT_EQ(codes.count(static_cast<int>(row.code)), 1);
}

TEST_P(Matrix, AgainstARegister) {
  const auto record = TestRegister::WithRecord();
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) {
      if (row.missing.empty()) Check(row, row.situation, record->address());
    }
  }
}

TEST_P(Matrix, WithAServiceMissing) {
  for (const std::string service : {"people", "events", "agreements"}) {
    const auto record = TestRegister::WithRecord();
    record->StopService(service);
    for (const auto& [name, rows] : AllRows()) {
      for (const Row& row : rows) {
        if (row.missing == service) Check(row, row.situation, record->address());
      }
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

TEST(Json, OfAnEmptyListIsAnEmptyArray) {
  const auto record = TestRegister::Empty();
  for (const char* kind : {"people", "events", "agreements"}) {
    const Outcome outcome =
        RunCommand({"list", kind, "--output", "json", "--address", record->address()});
    EXPECT_EQ(outcome.out, "[]\n");
    EXPECT_EQ(outcome.exit, 1);
  }
}

// What is text is never written as base64, since nothing in the contract is of bytes.
TEST(Json, HasNoBytes) {
  for (const auto& kind : Kinds()) {
    std::set<const google::protobuf::Descriptor*> seen;
    ExpectNoBytes(*kind.message, seen);
    EXPECT_GT(seen.size(), 1);
  }
  const auto* file = gateway::v1::Dossier::descriptor()->file();
  std::set<const google::protobuf::Descriptor*> seen;
  for (int i = 0; i < file->message_type_count(); ++i) ExpectNoBytes(*file->message_type(i), seen);
}

// The parser of these tests takes nothing that another one would refuse.
TEST(StrictJson, TakesOneValueOfTheGrammarAlone) {
  for (const char* good :
       {"[]", "{}", " {\"a\": [1, -0.5e+3, \"\\u00e9\\n\", null, true]}\n", "0"}) {
    EXPECT_TRUE(IsOneJsonValue(good)) << good;
  }
  for (const char* bad : {"", "{'a': 1}", "{a: 1}", "[1,]", "[1 2]", "{} {}", "01", "NaN",
                          "\"a\nb\"", "\"\\x\"", "{\"a\"}", "[", "\"", "1.", "tru"}) {
    EXPECT_FALSE(IsOneJsonValue(bad)) << bad;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Matrix, ::testing::Values("table", "json", "jsonl"),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace chancery::ctl
