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
constexpr char kPutin[] = "people/putin";
constexpr char kVisit[] = "events/2009-05-putin-japan";
constexpr char kSource[] = "sources/founding-brief";
constexpr char kDeclaration[] = "agreements/1956-joint-declaration";
constexpr char kNewPerson[] = R"({"name": "people/matrix", "names": [{"id": "a", "text": "A"}]})";
constexpr char kBadPerson[] = R"({"name": "people/bad", "state": "states/nowhere"})";

constexpr char kHistory[] =
    R"({"commitTime": "2020-01-01T00:00:00Z", "record": {"@type": )"
    R"("type.googleapis.com/chancery.people.v1.Person", "name": "people/matrix"}})";
// A source, and its text.
constexpr char kNote[] = R"({"name": "sources/note", "codePoints": 5, "digest":
 "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})";
constexpr char kNoteText[] = "hello";

std::unique_ptr<TestRegister> RecordAndNote() {
  auto record = TestRegister::WithRecord();
  std::string line = kNote;
  line.erase(line.find('\n'), 1);
  EXPECT_EQ(RunCommand({"import", "-", "--address", record->address()}, {.input = line}).exit, 0);
  return record;
}

// Rows of commands that ask a register also have kDown and kFault, made from their first row.
Rows ReadRows() {
  using S = Situation;
  return {
      {"dossier",
       {{S::kHit, {"dossier", "russia", "japan"}},
        {S::kEmpty, {"dossier", "canada", "afghanistan"}},
        {S::kUsage, {"dossier", "russia"}},
        {S::kHit, {"dossier", "russia", "japan", "--section", "CONTACTS", "--page-size", "2"}},
        {S::kHit, {"dossier", "RU", "Japan", "--quotations"}},
        {S::kRefused, {"dossier", "RU", "Jpan"}},
        {S::kRefused, {"dossier", "russia", "japn"}},
        {S::kRefused, {"dossier", "russia", "japan", "--section", "MATTERS", "--page-token", "x"}},
        {S::kPartial, {"dossier", "russia", "japan"}, "", "agreements"}}},
      {"timeline",
       {{S::kHit, {"timeline", "russia", "japan", "--page-size", "2"}},
        {S::kHit, {"timeline", "russia", "japan", "--overlaps", "2009-05-10/2009-05-20"}},
        {S::kEmpty, {"timeline", "russia", "japan", "--within", "2100"}},
        {S::kUsage, {"timeline", "russia", "japan", "--within", "2009", "--overlaps", "2009"}},
        {S::kRefused, {"timeline", "russia", "japan", "--within", "2009~"}},
        {S::kEmpty, {"timeline", "canada", "afghanistan"}},
        {S::kUsage, {"timeline", "russia", "japan", "--page-size", "two"}},
        {S::kRefused, {"timeline", "russia", "japan", "--page-token", "x"}},
        {S::kPartial, {"timeline", "russia", "japan"}, "", "events"}}},
      {"encounters",
       {{S::kHit, {"encounters", "lavrov", "gemba", "--page-size", "2"}},
        {S::kHit, {"encounters", "posts/jp-pm", "states/russia"}},
        {S::kHit, {"encounters", "Sergey Lavrov", "JP", "--quotations"}},
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
      {"status",
       {{S::kHit, {"status", kDeclaration, "--on", "1955-01-01"}},
        {S::kEmpty, {"status", kDeclaration, "--on", "1956-11-01"}},
        {S::kHit, {"status", kDeclaration, "--on", "1956-11-01", "--require", "UNDETERMINED"}},
        {S::kEmpty, {"status", kDeclaration, "--on", "1956-11-01", "--require", "IN_FORCE"}},
        {S::kHit, {"status", "peace-treaty", "--on", "2012-09-08", "--explain"}},
        {S::kUsage, {"status", kDeclaration, "--require", "FORCE"}},
        {S::kRefused, {"status", "agreements/nothing"}},
        {S::kRefused, {"status", kDeclaration, "--on", "1956"}}}},
      {"get",
       {{S::kHit, {"get", kNoda}},
        {S::kHit, {"get", kNoda, "states/japan", "people/putin", "--quotations"}},
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
  };
}

Rows WriteRows() {
  using S = Situation;
  return {
      {"import",
       {{S::kHit, {"import", "-"}, kNewPerson},
        {S::kUsage, {"import", "/no/such/file"}},
        {S::kRefused, {"import", "-"}, kBadPerson, "", true}}},
      {"export",
       {{S::kHit, {"export"}},
        {S::kHit, {"export", "--history"}},
        {S::kEmpty, {"export", "--known-at", "2020-01-01"}},
        {S::kUsage, {"export", "--known-at", "soon"}},
        {S::kRefused, {"export", "--token", "x"}},
        // An export with a hole in it would pass for the register.
        {S::kDown, {"export"}, "", "events"}}},
      {"restore",
       {{S::kRefused, {"restore", "-"}, kHistory},
        {S::kEmpty, {"restore", "-"}},
        {S::kUsage, {"restore", "/no/such/file"}}}},
      {"source load",
       {{S::kHit, {"source", "load", "note", "-"}, kNoteText},
        {S::kUsage, {"source", "load", "note", "/no/such/file"}},
        {S::kRefused, {"source", "load", "note", "-"}, "hullo"},
        {S::kPartial, {"source", "load", "note", "-"}, kNoteText, "events"}}},
      {"source text",
       {{S::kHit, {"source", "text", "note"}},
        {S::kHit, {"source", "text", "note", "--start", "1", "--end", "3"}},
        {S::kEmpty, {"source", "text", "founding-brief"}},
        {S::kUsage, {"source", "text", "note", "--start", "x"}},
        {S::kRefused, {"source", "text", "nte"}}}},
      {"source segments",
       {{S::kHit, {"source", "segments", "founding-brief", "--page-size", "2"}},
        {S::kEmpty, {"source", "segments", "note"}},
        {S::kUsage, {"source", "segments"}},
        {S::kRefused, {"source", "segments", "nte"}}}},
      {"source quote",
       {{S::kHit, {"source", "quote", kNoda, "states/japan"}},
        {S::kEmpty, {"source", "quote", "sources/note"}},
        {S::kUsage, {"source", "quote", "poeple/noda"}},
        {S::kRefused, {"source", "quote", "people/nda"}}}},
      {"source coverage",
       {{S::kHit, {"source", "coverage", "founding-brief", "--records"}},
        {S::kEmpty, {"source", "coverage", "founding-brief", "--uncited"}},
        {S::kUsage, {"source", "coverage", "note", "--uncite"}},
        {S::kRefused, {"source", "coverage", "nte"}},
        {S::kPartial, {"source", "coverage", "founding-brief"}, "", "events"}}},
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
  };
}

Rows CurationRows() {
  using S = Situation;
  return {
      {"edit",
       {{S::kHit, {"edit", kPutin, "--set", "birth=1952", "--note", "x"}},
        {S::kHit, {"edit", kPutin, "--set", "birth=1953", "--note", "x", "--validate-only"}},
        {S::kHit, {"edit", kPutin, "--set", "birth=1952", "--note", "nothing to do"}},
        {S::kUsage, {"edit", kPutin}},
        {S::kUsage, {"edit", kPutin, "--set", "birth=1952"}},
        {S::kUsage, {"edit", kPutin, "--set", "brith=1952", "--note", "x"}},
        {S::kRefused, {"edit", kPutin, "--set", "birth=never", "--note", "x"}},
        {S::kRefused, {"edit", "people/putn", "--set", "birth=1952", "--note", "x"}},
        {S::kConflict, {"edit", kPutin, "--set", "birth=1950", "--note", "x", "--etag", "stale"}}}},
      {"diff",
       {{S::kHit, {"diff", kNoda}},
        {S::kEmpty, {"diff", "people/kan"}},
        {S::kUsage, {"diff", kPutin, "yesterday"}},
        {S::kUsage, {"diff", kPutin, "2026-01-01", "2026-01-01", "2026-01-01"}},
        {S::kRefused, {"diff", kPutin, "2000-01-01"}},
        {S::kRefused, {"diff", kPutin, "people/putin/revisions/x"}}}},
      {"claim",
       {{S::kHit, {"claim", kVisit, "time=2009-06", "--source", kSource, "--cite", "1-9"}},
        {S::kHit, {"claim", kVisit, "title=Talks", "--source", kSource, "--validate-only"}},
        {S::kUsage, {"claim", kVisit, "time=2009-06"}},
        {S::kUsage, {"claim", kVisit, "tiem=2009-06", "--source", kSource}},
        {S::kUsage, {"claim", kVisit, "time=2009-06", "--source", kSource, "--cite", "first"}},
        {S::kRefused, {"claim", kVisit, "time=soon", "--source", kSource}},
        {S::kRefused, {"claim", kVisit, "time=2009-06", "--source", "sources/none"}},
        {S::kConflict,
         {"claim", kVisit, "time=2009-06", "--source", kSource, "--account", "founding-brief"}}}},
      {"conflicts",
       {{S::kHit, {"conflicts", "events"}},
        {S::kHit, {"conflicts"}},
        {S::kEmpty, {"conflicts", "people"}},
        {S::kUsage, {"conflicts", "poeple"}},
        {S::kRefused, {"conflicts", "--token", "x"}},
        {S::kPartial, {"conflicts"}, "", "people", false, /*lists_none=*/true}}},
      {"deprecate",
       {{S::kHit, {"deprecate", kVisit, "founding-brief", "--because", "DUPLICATE"}},
        {S::kUsage, {"deprecate", kVisit, "founding-brief"}},
        {S::kUsage, {"deprecate", kVisit, "founding-brief", "--because", "AGE"}},
        {S::kRefused, {"deprecate", kVisit, "other", "--because", "DUPLICATE"}},
        {S::kConflict,
         {"deprecate", kVisit, "founding-brief", "--because", "DUPLICATE", "--etag", "stale"}}}},
  };
}

Rows OtherRows() {
  using S = Situation;
  return {
      {"health",
       {{S::kHit, {"health"}},
        {S::kHit, {"health", "--full"}},
        {S::kHit, {"health", "--ready", "--wait", "5s"}},
        {S::kUsage, {"health", "--wait", "soon"}},
        {S::kPartial, {"health"}, "", "events"},
        {S::kDown, {"health", "--ready"}, "", "people"}}},
      {"explain",
       {{S::kHit, {"explain", "ETAG_MISMATCH"}},
        {S::kHit, {"explain"}},
        {S::kUsage, {"explain", "ETAG_MISMACH"}}}},
      {"completion",
       {{S::kHit, {"completion", "bash"}},
        {S::kHit, {"completion", "fish"}},
        {S::kUsage, {"completion", "csh"}}}},
      {"complete",
       {{S::kHit, {"complete", "--", "lis"}},
        {S::kHit, {"complete", "--", "no-such-command", ""}, "", "", false, /*lists_none=*/true},
        {S::kUsage, {"complete", "--all"}}}},
      {"help",
       {{S::kHit, {"help"}},
        {S::kHit, {"help", "list"}},
        {S::kHit, {"help", "--man"}},
        {S::kUsage, {"help", "lst"}}}},
      {"version", {{S::kHit, {"version"}}, {S::kUsage, {"version", "--full"}}}},
  };
}

Rows AllRows() {
  Rows all;
  for (const auto& rows : {ReadRows(), WriteRows(), CurationRows(), OtherRows()}) {
    all.insert(rows.begin(), rows.end());
  }
  return all;
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
      {"status", {S::kConflict, S::kPartial}},
      {"get", {S::kEmpty, S::kConflict, S::kPartial}},
      {"list", {S::kConflict, S::kPartial}},
      {"history", {S::kEmpty, S::kConflict, S::kPartial}},
      // A line in conflict is a line that is refused.
      {"import", {S::kEmpty, S::kConflict, S::kPartial}},
      {"export", {S::kConflict, S::kPartial}},
      // The register of these rows is not empty; import_test.cc has one that is.
      {"restore", {S::kHit, S::kConflict, S::kPartial}},
      {"source load", {S::kEmpty, S::kConflict}},
      {"source text", {S::kConflict, S::kPartial}},
      {"source segments", {S::kConflict, S::kPartial}},
      {"source quote", {S::kConflict, S::kPartial}},
      {"source coverage", {S::kConflict}},
      {"apply", {S::kPartial}},
      {"delete", {S::kEmpty, S::kPartial}},
      {"undelete", {S::kEmpty, S::kPartial}},
      {"health", {S::kEmpty, S::kRefused, S::kConflict}},
      {"edit", {S::kEmpty, S::kPartial}},
      {"diff", {S::kConflict, S::kPartial}},
      {"claim", {S::kEmpty, S::kPartial}},
      {"conflicts", {S::kConflict}},
      {"deprecate", {S::kEmpty, S::kPartial}},
      {"explain", {S::kEmpty, S::kRefused, S::kConflict, S::kDown, S::kPartial, S::kFault}},
      {"completion", {S::kEmpty, S::kRefused, S::kConflict, S::kDown, S::kPartial, S::kFault}},
      // Silence is an answer to a shell.
      {"complete", {S::kEmpty, S::kRefused, S::kConflict, S::kDown, S::kPartial, S::kFault}},
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
         {"chancery.people.v1.PeopleService", "chancery.events.v1.EventsService",
          "chancery.agreements.v1.AgreementsService", "chancery.gateway.v1.GatewayService"}) {
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
    // Behind the command: after `--` there are no flags.
    words.insert(words.begin() + 1, {"--output", GetParam()});
    const Outcome outcome =
        RunCommand(words, {.input = row.input, .variables = {{"CHANCERY_ADDRESS", address}}});
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
  const auto record = RecordAndNote();
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) {
      if (row.missing.empty()) Check(row, row.situation, record->address());
    }
  }
}

TEST_P(Matrix, WithAServiceMissing) {
  for (const std::string service : {"people", "events", "agreements"}) {
    const auto record = RecordAndNote();
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
