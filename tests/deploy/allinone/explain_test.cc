// Each reason is explained by an example, and the example gives that very reason: the shell's lines
// are run by a shell with the real binary, a program's requests are sent, against registers and
// folders that are as the example says.

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/explanations.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/support/status.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "services/serving/rpc_service.h"
#include "services/serving/server.h"
#include "storage/database.h"
#include "storage/key_codec.h"
#include "storage/layout.h"
#include "tests/gateway/ctl/test_register.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/process.h"
#include "tests/support/status_matchers.h"

namespace chancery::allinone {
namespace {

namespace fs = std::filesystem;
using ctl::Explanation;
using testing::IsOk;
using types::v1::ErrorReason;

// What an example finds around it.
struct Surroundings {
  std::map<std::string, std::string> variables;  // of the shell
  std::vector<std::shared_ptr<void>> kept;       // what answers
};

std::string Binary() { return testing::BinaryPath("deploy/allinone/chancery"); }

// What the last line of a failed example says in brackets, or names as unreachable's cause.
bool Says(const std::string& output, const std::string& reason) {
  return absl::StrContains(output, absl::StrCat("[", reason, "]")) ||
         absl::StrContains(output, absl::StrCat(", ", reason, "\n"));
}

std::string RunInShell(const Surroundings& where, const std::string& example) {
  std::vector<std::string> words = {
      "/usr/bin/env",
      absl::StrCat("PATH=", fs::path(Binary()).parent_path().string(), ":", std::getenv("PATH"))};
  for (const auto& [name, value] : where.variables) words.push_back(absl::StrCat(name, "=", value));
  words.insert(words.end(), {"timeout", "60", "sh", "-c", example});
  const testing::Finished finished = testing::RunProgram(words);
  return absl::StrCat(finished.out, finished.err);
}

// Sends the request of an example; the answer as the command line would show its reason.
std::string SendRequest(const std::string& address, const Explanation& row) {
  const std::pair<std::string, std::string> path =
      absl::StrSplit(row.method, absl::MaxSplits('/', 1));
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(path.first);
  const auto* method = service->FindMethodByName(path.second);
  const ctl::MessagePtr request = ctl::NewMessage(method->input_type());
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(std::string(row.example), request.get()).ok())
      << row.example;
  testing::Caller caller(address);
  const absl::Status status = caller.CallBytes(row.method, request->SerializeAsString()).status();
  return absl::StrCat("[", errors::InfoOf(status).reason(), "]");
}

// A disk that is nearly full, or fails.
class BadDisk : public rocksdb::FileSystemWrapper {
 public:
  explicit BadDisk(const std::shared_ptr<rocksdb::FileSystem>& base) : FileSystemWrapper(base) {}

  const char* Name() const override { return "BadDisk"; }

  rocksdb::IOStatus GetFreeSpace(const std::string&, const rocksdb::IOOptions&, uint64_t* bytes,
                                 rocksdb::IODebugContext*) override {
    *bytes = full ? 1 : uint64_t{1} << 40;
    return rocksdb::IOStatus::OK();
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    rocksdb::IOStatus status = target()->NewWritableFile(name, options, &file, debug);
    if (status.ok()) *result = std::make_unique<File>(std::move(file), this);
    return status;
  }

  std::atomic<bool> full = false;
  std::atomic<bool> failing = false;

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile> file, const BadDisk* disk)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}

    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      if (disk_->failing) return rocksdb::IOStatus::IOError("broken");
      return FSWritableFileOwnerWrapper::Sync(options, debug);
    }

   private:
    const BadDisk* const disk_;
  };
};

// A server all of whose methods answer with a status.
struct OneAnswer {
  explicit OneAnswer(const std::function<void(serving::Call)>& answer) {
    const std::string name = "chancery.people.v1.PeopleService";
    service = std::make_unique<serving::RpcService>(name);
    const auto* methods =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; i < methods->method_count(); ++i) {
      service->Raw(methods->method(i)->name(), answer);
    }
    server = serving::Server::Start({"127.0.0.1:0", {service.get()}}).value();
    server->SetServing(true);
  }

  std::unique_ptr<serving::RpcService> service;
  std::unique_ptr<serving::Server> server;
};

Surroundings At(const std::string& address) { return {{{"CHANCERY_ADDRESS", address}}, {}}; }

// A register with the record of the demonstration.
Surroundings Demonstration() {
  std::shared_ptr<Register> served = Register::Start({}).value();
  EXPECT_THAT(testing::ImportBrief(served->address()), IsOk());
  Surroundings where = At(served->address());
  where.kept.push_back(std::move(served));
  return where;
}

// A folder in which a register was served.
std::string Folder() {
  std::string data = testing::NewFolder("explain");
  auto served = Register::Start({.data = data});
  EXPECT_THAT(served, IsOk());
  EXPECT_THAT(testing::ImportBrief((*served)->address()), IsOk());
  return data;
}

Surroundings WithData(const std::string& data) { return {{{"DATA", data}}, {}}; }

Surroundings BadDiskUnder(std::atomic<bool> BadDisk::*evil) {
  const std::shared_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto disk = std::make_shared<BadDisk>(memory->GetFileSystem());
  std::shared_ptr<ctl::TestRegister> made = ctl::TestRegister::WithRecord(disk);
  (*disk).*evil = true;
  Surroundings where = At(made->address());
  where.kept = {memory, disk, made};
  return where;
}

Surroundings NearlyFull() {
  Surroundings where = BadDiskUnder(&BadDisk::full);
  // The room is looked at now and then.
  absl::SleepFor(absl::Seconds(1));
  return where;
}

Surroundings Answering(const std::function<void(serving::Call)>& answer) {
  auto server = std::make_shared<OneAnswer>(answer);
  Surroundings where = At(server->server->address());
  where.kept.push_back(std::move(server));
  return where;
}

Surroundings SlowClock() {
  const auto clock = std::make_shared<testing::ManualClock>();
  const auto slow = std::make_shared<testing::ManualClock>();
  RegisterOptions options;
  options.clock = clock.get();
  options.other_clocks = {{"events", slow.get()}};
  std::shared_ptr<Register> served = Register::Start(options).value();
  EXPECT_THAT(testing::ImportBrief(served->address()), IsOk());
  clock->Advance(3600 * testing::ManualClock::kSecond);
  Surroundings where = At(served->address());
  where.kept = {clock, slow, served};
  return where;
}

// Two registers that share their key; the first has come further than the second.
Surroundings TokenOfANewerOne() {
  const auto newer = ctl::TestRegister::WithRecord();
  testing::Caller caller(newer->address());
  EXPECT_THAT(caller.CallBytes("chancery.people.v1.PeopleService/ListPeople", ""), IsOk());
  std::shared_ptr<ctl::TestRegister> older = ctl::TestRegister::Empty();
  Surroundings where = At(older->address());
  where.variables["TOKEN"] = caller.metadata().at("chancery-token");
  where.kept.push_back(std::move(older));
  return where;
}

Surroundings PeopleAlone() {
  std::shared_ptr<ctl::TestRegister> made = ctl::TestRegister::WithRecord();
  Surroundings where = At(made->address());
  where.variables["PEOPLE"] = made->address_of("people");
  where.kept.push_back(std::move(made));
  return where;
}

Surroundings FolderAt(const std::function<void(const std::string& store)>& change) {
  const std::string data = Folder();
  change(StorePath(data, "people"));
  return WithData(data);
}

void ReplaceFirstFile(const std::string& store) {
  fs::remove(store + "/CURRENT");
  fs::create_directory(store + "/CURRENT");
}

void OverwriteLogs(const std::string& store) {
  for (const auto& file : fs::directory_iterator(store)) {
    if (file.path().extension() != ".log" || file.file_size() < 100) continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(file.file_size() / 2)).write("XXXXXXXXXXXXXXXX", 16);
  }
}

void RemoveLogs(const std::string& store) {
  std::vector<fs::path> logs;
  for (const auto& file : fs::directory_iterator(store)) {
    if (file.path().extension() == ".log") logs.push_back(file.path());
  }
  for (const fs::path& log : logs) fs::remove(log);
}

void RaiseFormat(const std::string& store) {
  storage::FailureLatch latch(nullptr);
  const auto database =
      storage::Database::Open({store, rocksdb::Env::Default(), nullptr, false, true}, &latch);
  ASSERT_THAT(database, IsOk());
  rocksdb::WriteBatch batch = storage::Database::NewBatch();
  (*database)->Put(batch, storage::Family::kMeta, storage::FormatKey(),
                   storage::KeyWriter().U32(storage::kFormatVersion + 1).key());
  ASSERT_THAT((*database)->Write(batch, true), IsOk());
}

// A store whose tables were derived under another version.
void DeriveDifferently(const std::string& store) {
  fs::remove_all(store);
  fs::create_directories(store);
  static auto& tables = *new std::vector<storage::TableSpec>;
  for (const resource::ResourceSpec* spec : AllServices().front()->specs) {
    tables.push_back(*spec->table);
    ++tables.back().derivation_version;
  }
  storage::StoreOptions options;
  options.path = store;
  for (const storage::TableSpec& table : tables) options.tables.push_back(&table);
  ASSERT_THAT(storage::Store::Open(std::move(options)), IsOk());
}

Surroundings Served() {
  const std::string data = Folder();
  Surroundings where = WithData(data);
  where.kept.push_back(std::shared_ptr<Register>(Register::Start({.data = data}).value()));
  return where;
}

// What is so for the examples that say so.
const std::map<ErrorReason, std::function<Surroundings()>>& Situations() {
  static const auto& situations = *new std::map<ErrorReason, std::function<Surroundings()>>{
      {types::v1::CONSISTENCY_TOKEN_AHEAD, TokenOfANewerOne},
      {types::v1::STORE_BUSY, NearlyFull},
      {types::v1::STORE_UNAVAILABLE, [] { return FolderAt(ReplaceFirstFile); }},
      {types::v1::COMMIT_INDETERMINATE, [] { return BadDiskUnder(&BadDisk::failing); }},
      {types::v1::STORE_CORRUPT, [] { return FolderAt(OverwriteLogs); }},
      {types::v1::CLOCK_SKEW, SlowClock},
      {types::v1::CALL_CANCELLED,
       [] {
         return Answering([](serving::Call call) {
           std::move(call).Finish(grpc::Status(grpc::StatusCode::CANCELLED, ""), {});
         });
       }},
      {types::v1::INTERNAL_FAULT,
       [] {
         return Answering(
             [](serving::Call call) { std::move(call).Finish(absl::InternalError("a fault")); });
       }},
      {types::v1::METHOD_NOT_SERVED, PeopleAlone},
      {types::v1::STORE_LOCKED, Served},
      {types::v1::FORMAT_UNSUPPORTED, [] { return FolderAt(RaiseFormat); }},
      {types::v1::DERIVATION_STALE, [] { return FolderAt(DeriveDifferently); }},
      {types::v1::WAL_TAIL_LOST, [] { return FolderAt(RemoveLogs); }},
  };
  return situations;
}

class Example : public ::testing::TestWithParam<int> {
 protected:
  static const Explanation* Row() {
    return ctl::FindExplanation(types::v1::ErrorReason_Name(GetParam()));
  }
};

TEST_P(Example, GivesItsReason) {
  ASSERT_NE(Row(), nullptr) << "no explanation";
  const auto situation = Situations().find(Row()->reason);
  EXPECT_EQ(situation != Situations().end(), !Row()->when.empty()) << "is said exactly if it is so";
  const Surroundings where =
      situation == Situations().end() ? Demonstration() : situation->second();
  const std::string output = Row()->method.empty()
                                 ? RunInShell(where, std::string(Row()->example))
                                 : SendRequest(where.variables.at("CHANCERY_ADDRESS"), *Row());
  EXPECT_TRUE(Says(output, types::v1::ErrorReason_Name(Row()->reason))) << output;
}

std::vector<int> AllReasons() {
  const auto* reasons = types::v1::ErrorReason_descriptor();
  std::vector<int> all;
  for (int i = 0; i < reasons->value_count(); ++i) {
    if (reasons->value(i)->number() != 0) all.push_back(reasons->value(i)->number());
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Reasons, Example, ::testing::ValuesIn(AllReasons()), [](const auto& row) {
  return types::v1::ErrorReason_Name(static_cast<ErrorReason>(row.param));
});

// Each says what it means and what to do, and none repeats another.
TEST(Explanation, IsThereForEachReasonInOrder) {
  std::vector<int> explained;
  std::set<std::string> sentences;
  for (const Explanation& row : ctl::Explanations()) {
    explained.push_back(row.reason);
    EXPECT_TRUE(sentences.emplace(row.cause).second && sentences.emplace(row.cure).second)
        << types::v1::ErrorReason_Name(row.reason);
    EXPECT_TRUE(absl::EndsWith(row.cause, ".") && absl::EndsWith(row.cure, "."));
  }
  EXPECT_EQ(explained, AllReasons());
}

}  // namespace
}  // namespace chancery::allinone
