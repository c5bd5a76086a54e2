// kill -9 at a random moment, again and again, under eight writers, over gRPC. The ledger of what
// was acknowledged is in this process, outside the one that dies.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "services/people/people_service.h"
#include "services/resource/service_host.h"
#include "storage/inspect/verify.h"
#include "tests/faults/ledger.h"
#include "tests/faults/people_records.h"
#include "tests/faults/server_process.h"
#include "tests/support/caller.h"

namespace chancery::faults {
namespace {

using testing::Caller;
using ::testing::IsEmpty;

constexpr int kCycles = 150;
constexpr int kCyclesPerAudit = 10;
// Within which a twin has to show what its missing protection is good for.
constexpr int kTwinCycles = 60;

uint32_t Seed() {
  const char* const given = std::getenv("CHANCERY_SEED");
  return given != nullptr ? static_cast<uint32_t>(std::atoll(given)) : std::random_device()();
}

std::string Binary(const std::string& path) {
  return std::string(std::getenv("CHANCERY_BINARY_DIR")) + "/" + path;
}

// A register that is killed and started again over the same store.
class KilledRegister {
 public:
  KilledRegister(const std::string& name, std::string binary, std::vector<std::string> flags)
      : seed_(Seed()),
        folder_(::testing::TempDir() + "/" + name),
        binary_(std::move(binary)),
        flags_(std::move(flags)),
        random_(seed_),
        writers_(seed_, &ledger_) {
    std::printf("seed %u (repeat with CHANCERY_SEED)\n", seed_);
    std::filesystem::remove_all(folder_);
  }

  // Starts, writes, kills at a random moment: one time in ten while it is starting.
  absl::Status Cycle() {
    absl::Status status = Start();
    if (!status.ok()) return status;
    if (Below(10) == 0) return Die(std::chrono::microseconds(Below(50'000)));
    const auto address = server_->WaitForAddress();
    if (!address.ok()) return address.status();
    std::thread killer([&] { status = Die(std::chrono::microseconds(Below(300'000))); });
    std::vector<std::unique_ptr<Caller>> callers;
    for (int i = 0; i < Writers::kWriters; ++i)
      callers.push_back(std::make_unique<Caller>(*address));
    writers_.Run([&](int writer, const Write& write) {
      return AsAcknowledged(Submit(*callers[static_cast<size_t>(writer)], write));
    });
    killer.join();
    return status;
  }

  // Starts, holds everything against the ledger, and stops in good order.
  absl::StatusOr<Audit> Compare() {
    if (absl::Status status = Start(); !status.ok()) return status;
    const auto address = server_->WaitForAddress();
    if (!address.ok()) return address.status();
    Caller caller(*address);
    const auto held = ReadAll(caller);
    if (!held.ok()) return held.status();
    if (server_->Stop() != 0) return absl::InternalError("the server did not stop in good order");
    return ledger_.Compare(*held);
  }

  // What `inspect verify` finds.
  std::vector<std::string> Verify() const {
    std::vector<std::string> findings;
    storage::StoreOptions options;
    options.path = folder_ + "/store";
    const auto verified = storage::VerifyStore(
        resource::ServiceHost::Complete(people::Definition(), options),
        [&](const storage::Finding& finding) {
          findings.push_back(finding.kind + " " + finding.where + ": " + finding.what);
        });
    if (!verified.ok()) findings.push_back(verified.status().ToString());
    return findings;
  }

  std::vector<std::string> unexpected() const { return writers_.unexpected(); }

 private:
  absl::Status Start() {
    auto server = ServerProcess::Start(binary_, folder_, flags_);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  absl::Status Die(std::chrono::microseconds after) {
    const bool ended = server_->EndsWithin(after);
    server_->Kill();
    return ended ? absl::InternalError("the server ended by itself") : absl::OkStatus();
  }

  // The service reads its answer from the store and so notices an acknowledgement that came before
  // the commit. An acknowledgement it was.
  static absl::Status AsAcknowledged(const absl::Status& status) {
    return errors::HasReason(status, types::v1::CONSISTENCY_TOKEN_AHEAD) ? absl::OkStatus()
                                                                         : status;
  }

  uint64_t Below(uint64_t bound) { return random_() % bound; }

  const uint32_t seed_;
  const std::string folder_;
  const std::string binary_;
  const std::vector<std::string> flags_;
  std::mt19937_64 random_;
  Ledger ledger_;
  Writers writers_;
  std::unique_ptr<ServerProcess> server_;
};

TEST(KillTest, NothingAcknowledgedIsLostAndNothingIsAppliedTwice) {
  KilledRegister killed("killed", Binary("services/people/chancery-people"), {});
  std::optional<Audit> audit;
  for (int cycle = 1; cycle <= kCycles; ++cycle) {
    const absl::Status status = killed.Cycle();
    ASSERT_TRUE(status.ok()) << "cycle " << cycle << ": " << status;
    if (cycle % kCyclesPerAudit != 0) continue;
    const auto compared = killed.Compare();
    ASSERT_TRUE(compared.ok()) << "cycle " << cycle << ": " << compared.status();
    ASSERT_TRUE(compared->clean()) << "cycle " << cycle << ": " << compared->ToString();
    audit = *compared;
  }
  EXPECT_THAT(killed.Verify(), IsEmpty());
  EXPECT_THAT(killed.unexpected(), IsEmpty());
  EXPECT_GT(audit->acknowledged, 1000u);
  std::printf("%d cycles of kill -9, %s\n", kCycles, audit->ToString().c_str());
}

// Kills a register without one of its protections until something is wrong with it.
Audit KillUntilWrong(const std::string& flag, int& cycles) {
  KilledRegister killed("killed" + flag, Binary("tests/faults/unprotected-people"), {flag});
  for (cycles = 1; cycles <= kTwinCycles; ++cycles) {
    const absl::Status status = killed.Cycle();
    EXPECT_TRUE(status.ok()) << "cycle " << cycles << ": " << status;
    const auto audit = killed.Compare();
    EXPECT_TRUE(audit.ok()) << "cycle " << cycles << ": " << audit.status();
    if (!status.ok() || !audit.ok() || !audit->clean()) return audit.value_or(Audit());
  }
  return {};
}

TEST(KillTest, AcknowledgingBeforeTheCommitLoses) {
  int cycles = 0;
  const Audit audit = KillUntilWrong("--acknowledge-early", cycles);
  std::printf("acknowledged early: wrong after %d cycles, %s\n", cycles, audit.ToString().c_str());
  EXPECT_GT(audit.lost, 0u);
}

TEST(KillTest, WithoutRequestIdsWhatIsRepeatedIsAppliedTwice) {
  int cycles = 0;
  const Audit audit = KillUntilWrong("--no-replay", cycles);
  std::printf("without replay: wrong after %d cycles, %s\n", cycles, audit.ToString().c_str());
  EXPECT_EQ(audit.lost, 0u);
  EXPECT_GT(audit.doubled, 0u);
}

}  // namespace
}  // namespace chancery::faults
