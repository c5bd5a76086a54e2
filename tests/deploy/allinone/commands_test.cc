// The commands that only the binary has, in every situation that they can get into and in every
// format: real processes over folders that are whole, empty, in use, tampered with or damaged.

#include "deploy/allinone/commands.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/database.h"
#include "storage/local_journal.h"
#include "storage/record.h"
#include "tests/gateway/ctl/output_contract.h"
#include "tests/support/brief_import.h"
#include "tests/support/process.h"
#include "tests/support/status_matchers.h"

namespace chancery::allinone {
namespace {

namespace fs = std::filesystem;
using ctl::Outcome;
using ctl::Row;
using ctl::Situation;
using testing::IsOk;
using testing::ServerProcess;

std::string Binary() { return testing::BinaryPath("deploy/allinone/chancery"); }

// Rewrites a journal entry of a closed store behind its back.
void Tamper(const std::string& data) {
  storage::FailureLatch latch(nullptr);
  const auto database = storage::Database::Open(
      {StorePath(data, "people"), rocksdb::Env::Default(), nullptr, false, true}, &latch);
  ASSERT_THAT(database, IsOk());
  rocksdb::WriteBatch batch = storage::Database::NewBatch();
  auto entry = storage::ReadEntry(**database, 1);
  ASSERT_THAT(entry, IsOk());
  entry->note = "rewritten";
  (*database)->Put(batch, storage::Family::kJournal, storage::JournalKey(1),
                   storage::EncodeJournalEntry(*entry));
  ASSERT_THAT((*database)->Write(batch, true), IsOk());
}

// Writes over the middle of every log of a closed store.
void Damage(const std::string& data) {
  int damaged = 0;
  for (const auto& file : fs::directory_iterator(StorePath(data, "people"))) {
    if (file.path().extension() != ".log" || file.file_size() < 100) continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(file.file_size() / 2)).write("XXXXXXXXXXXXXXXX", 16);
    ++damaged;
  }
  ASSERT_GT(damaged, 0);
}

// Puts a folder where the engine wants a file.
void MakeUnreadable(const std::string& data) {
  const std::string current = StorePath(data, "people") + "/CURRENT";
  fs::remove(current);
  fs::create_directory(current);
}

class Commands : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    whole_ = testing::NewFolder("whole");
    auto served = Register::Start({.data = whole_});
    ASSERT_THAT(served, IsOk());
    ASSERT_THAT(testing::ImportBrief((*served)->address()), IsOk());
    served->reset();
    empty_ = testing::NewFolder("empty");
    ASSERT_THAT(Register::Start({.data = empty_}), IsOk());
    tampered_ = CopyOfWhole(Tamper);
    damaged_ = CopyOfWhole(Damage);
    unreadable_ = CopyOfWhole(MakeUnreadable);
    used_ = testing::NewFolder("used");
    auto holder = ServerProcess::Start({Binary(), "serve", "--port", "0", "--data", used_});
    ASSERT_THAT(holder, IsOk());
    holder_ = holder->release();
  }
  static void TearDownTestSuite() { delete holder_; }

  static std::string CopyOfWhole(const std::function<void(const std::string&)>& change) {
    std::string copy = testing::NewFolder("copy");
    fs::copy(whole_, copy, fs::copy_options::recursive);
    change(copy);
    return copy;
  }

  static std::string HoldersPort() {
    return holder_->address().substr(holder_->address().rfind(':') + 1);
  }

  static ctl::Rows AllRows() {
    using S = Situation;
    const std::vector<std::string> serve = {"serve", "--port", "0", "--data"};
    const auto serves = [&](const std::string& data) {
      std::vector<std::string> words = serve;
      words.push_back(data);
      return words;
    };
    return {
        {"serve",
         {{S::kHit, serves(whole_)},
          {S::kUsage, {"serve", "--port", "65536"}},
          {S::kUsage, serves("")},
          {S::kUsage, {"serve", "--ephemeral", "--listen", "7600"}},
          {S::kRefused, serves(used_)},
          {S::kRefused, {"serve", "--ephemeral", "--listen", holder_->address()}},
          {S::kDown, serves(unreadable_)},
          {S::kFault, serves(damaged_)}}},
        {"demo",
         {{S::kHit, {"demo", "--once"}},
          {S::kUsage, {"demo", "--twice"}},
          {S::kUsage, {"demo", "--once", "--document", "/no/such/file"}},
          {S::kRefused, {"demo", "--port", HoldersPort()}}}},
        {"inspect",
         {{S::kHit, {"inspect", "dump", "--data", whole_}},
          {S::kHit, {"inspect", "verify", "--data", whole_}, "", "", false, /*lists_none=*/true},
          {S::kHit, {"inspect", "reindex", "--data", whole_, "--service", "people"}},
          {S::kEmpty, {"inspect", "dump", "--data", empty_}},
          {S::kUsage, {"inspect", "vrify", "--data", whole_}},
          {S::kUsage, {"inspect", "verify"}},
          {S::kRefused, {"inspect", "verify", "--data", used_}},
          {S::kRefused, {"inspect", "verify", "--data", tampered_}, "", "", /*reports=*/true},
          {S::kDown, {"inspect", "verify", "--data", unreadable_}},
          {S::kFault, {"inspect", "verify", "--data", damaged_}}}},
    };
  }

  static Outcome Run(const Row& row) {
    std::vector<std::string> words = row.words;
    words.insert(words.begin(), Binary());
    words.insert(words.end(), {"--output", GetParam()});
    if (row.words.front() == "serve" && row.situation == Situation::kHit) {
      const auto server = ServerProcess::Start(words);
      EXPECT_THAT(server, IsOk());
      if (!server.ok()) return {};
      const int exit = (*server)->Stop(SIGTERM);
      return {exit, (*server)->output()};
    }
    const testing::Finished finished = testing::RunProgram(words);
    return {finished.exit_code, finished.out, finished.err, finished.took};
  }

  static std::string whole_, empty_, used_, tampered_, damaged_, unreadable_;
  static ServerProcess* holder_;
};

std::string Commands::whole_, Commands::empty_, Commands::used_, Commands::tampered_,
    Commands::damaged_, Commands::unreadable_;
ServerProcess* Commands::holder_ = nullptr;

TEST_P(Commands, HaveRowsForEverySituation) {
  using S = Situation;
  ctl::ExpectComplete(OwnCommands(), AllRows(),
                      {{"serve", {S::kEmpty, S::kConflict, S::kPartial}},
                       // Its record and its folder are its own.
                       {"demo", {S::kEmpty, S::kConflict, S::kDown, S::kPartial, S::kFault}},
                       {"inspect", {S::kConflict, S::kPartial}}});
}

TEST_P(Commands, KeepToTheContract) {
  for (const auto& [name, rows] : AllRows()) {
    for (const Row& row : rows) ctl::ExpectContract(Run(row), row, row.situation, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Commands, ::testing::Values("table", "json", "jsonl"),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace chancery::allinone
