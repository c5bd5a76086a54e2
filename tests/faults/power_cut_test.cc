// Power that fails at a random operation of the disk, again and again, under eight writers: what a
// kill can not show, because the kernel's cache outlives a process.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/inspect/verify.h"
#include "tests/faults/ledger.h"
#include "tests/faults/unsynced_loss_env.h"
#include "tests/storage/note_store.h"

namespace chancery::faults {
namespace {

using storage::HighWater;
using storage::Note;
using storage::NotesTable;
using storage::NoteStore;
using ::testing::IsEmpty;

constexpr int kCuts = 50;
constexpr int kCutsPerDisk = 10;
// Of the disk until its power fails; opening takes about a hundred.
constexpr uint64_t kMaxOperations = 1'000;
constexpr uint64_t kEarlyOperations = 150;
constexpr char kPrefix[] = "notes/";

uint32_t Seed() {
  const char* const given = std::getenv("CHANCERY_SEED");
  return given != nullptr ? static_cast<uint32_t>(std::atoll(given)) : std::random_device()();
}

// A store on a disk whose power fails, with the ledger of its writers.
class CutStore {
 public:
  explicit CutStore(uint32_t seed)
      : random_(seed),
        disk_(seed),
        env_(NewUnsyncedLossEnv(&disk_)),
        writers_(seed, &ledger_),
        store_(env_.get(), "/notes") {}

  storage::StoreOptions& options() { return store_.options; }

  // Opens and writes until the power fails, which may be before it is open; then switches the power
  // on again.
  absl::Status Cycle() {
    options().high_water = random_() % 2 == 0 ? HighWater::kPeriodic : HighWater::kEveryCommit;
    disk_.CutAfter(1 + random_() % (random_() % 4 == 0 ? kEarlyOperations : kMaxOperations));
    const absl::Status opened = store_.Open();
    if (!opened.ok()) ++cuts_in_opening_;
    if (opened.ok()) {
      writers_.Run([this](int writer, const Write& write) { return Submit(writer, write); });
      store_.Close();
    }
    const bool cut = disk_.off();
    disk_.PowerOn();
    return cut ? absl::OkStatus() : opened;
  }

  // Opens and holds everything against the ledger. `opened` is how opening went at first; what it
  // misses is then accepted, to see what is there.
  absl::StatusOr<Audit> Compare(absl::Status& opened) {
    opened = store_.Open();
    if (errors::HasReason(opened, types::v1::WAL_TAIL_LOST)) {
      const auto info = errors::InfoOf(opened);
      options().accept_data_loss = std::stoull(info.metadata().at("recovered"));
      RETURN_IF_ERROR(store_.Open());
    } else {
      RETURN_IF_ERROR(opened);
    }
    ASSIGN_OR_RETURN(const Held held, ReadAll());
    store_.Close();
    return ledger_.Compare(held);
  }

  std::vector<std::string> Verify() const {
    std::vector<std::string> findings;
    const auto verified =
        storage::VerifyStore(store_.options, [&](const storage::Finding& finding) {
          findings.push_back(finding.kind + " " + finding.where + ": " + finding.what);
        });
    if (!verified.ok()) findings.push_back(verified.status().ToString());
    return findings;
  }

  std::vector<std::string> unexpected() const { return writers_.unexpected(); }
  int cuts_in_opening() const { return cuts_in_opening_; }

 private:
  absl::Status Submit(int writer, const Write& write) {
    // So that power also fails in flushes and compactions.
    if (writer == 0 && ++written_ % 100 == 0) store_->CompactAll().IgnoreError();
    return store_.Put(kPrefix + write.record, write.value, write.request_id).status();
  }

  absl::StatusOr<Held> ReadAll() {
    Held held;
    const storage::ReadView view = store_->Latest();
    const auto cursor = view.Scan(NotesTable(), {});
    for (; cursor->Valid(); cursor->Next()) {
      const std::string name(cursor->name());
      ASSIGN_OR_RETURN(const auto versions, view.History(NotesTable(), name, 0, 1'000'000));
      for (const storage::Version& version : versions) {
        Note note;
        RETURN_IF_ERROR(version.ParseTo(note));
        held[name.substr(sizeof(kPrefix) - 1)].push_back(note.message());
      }
    }
    RETURN_IF_ERROR(cursor->status());
    return held;
  }

  std::mt19937_64 random_;
  UnsyncedLossDisk disk_;
  const std::unique_ptr<rocksdb::Env> env_;
  Ledger ledger_;
  Writers writers_;
  NoteStore store_;
  std::atomic<uint64_t> written_ = 0;
  int cuts_in_opening_ = 0;
};

TEST(PowerCutTest, NothingAcknowledgedIsLost) {
  const uint32_t seed = Seed();
  std::printf("seed %u (repeat with CHANCERY_SEED)\n", seed);
  Audit total;
  int in_opening = 0;
  std::unique_ptr<CutStore> store;
  for (int cut = 0; cut < kCuts; ++cut) {
    if (cut % kCutsPerDisk == 0)
      store = std::make_unique<CutStore>(seed + static_cast<uint32_t>(cut));
    const absl::Status cycle = store->Cycle();
    ASSERT_TRUE(cycle.ok()) << "cut " << cut << ": " << cycle;
    absl::Status opened;
    const auto audit = store->Compare(opened);
    ASSERT_TRUE(opened.ok()) << "cut " << cut << ": " << opened;
    ASSERT_TRUE(audit.ok()) << "cut " << cut << ": " << audit.status();
    ASSERT_TRUE(audit->clean()) << "cut " << cut << ": " << audit->ToString();
    ASSERT_THAT(store->Verify(), IsEmpty()) << "cut " << cut;
    ASSERT_THAT(store->unexpected(), IsEmpty()) << "cut " << cut;
    if ((cut + 1) % kCutsPerDisk != 0) continue;
    total.acknowledged += audit->acknowledged;
    in_opening += store->cuts_in_opening();
  }
  EXPECT_GT(total.acknowledged, 1000u);
  std::printf("%d power cuts (%d while opening), %s\n", kCuts, in_opening,
              total.ToString().c_str());
}

// The twin: commits that are not synced are acknowledged all the same, and gone.
TEST(PowerCutTest, WithoutSyncTheSameCutsLose) {
  const uint32_t seed = Seed();
  Audit audit;
  int refused = 0, cuts = 0;
  while (cuts < kCuts && audit.lost == 0) {
    CutStore store(seed + static_cast<uint32_t>(++cuts));
    store.options().unsafe.sync = false;
    ASSERT_TRUE(store.Cycle().ok());
    absl::Status opened;
    const auto compared = store.Compare(opened);
    refused += opened.ok() ? 0 : 1;
    if (compared.ok()) audit = *compared;
  }
  std::printf("without sync: wrong after %d cuts (%d refused at open), %s\n", cuts, refused,
              audit.ToString().c_str());
  EXPECT_GT(audit.lost, 0u);
}

}  // namespace
}  // namespace chancery::faults
