#include "tests/faults/ledger.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "proto/errors/error.h"

namespace chancery::faults {
namespace {

constexpr uint64_t kRevisionsPerRecord = 20;

// What a server says that has gone away, or whose disk has.
bool Expected(const absl::Status& status) {
  return absl::IsUnavailable(status) || errors::HasReason(status, types::v1::COMMIT_INDETERMINATE);
}

std::string RandomUuid(std::mt19937_64& random) {
  const uint64_t high = random(), low = random();
  return absl::StrFormat("%08x-%04x-4%03x-a%03x-%012x", high >> 32, high >> 16 & 0xffff,
                         high & 0xfff, low >> 52, low & 0xffffffffffff);
}

}  // namespace

std::string Audit::ToString() const {
  return absl::StrCat(acknowledged, " acknowledged, ", lost, " lost, ", phantom, " phantom, ",
                      doubled, " doubled", example.empty() ? "" : ", e.g. ", example);
}

void Ledger::Asked(const Write& write) {
  std::lock_guard<std::mutex> lock(mutex_);
  by_value_.insert({write.value, {write.record, false}});
}

void Ledger::Acknowledged(const Write& write) {
  std::lock_guard<std::mutex> lock(mutex_);
  by_value_.at(write.value).acknowledged = true;
}

Audit Ledger::Compare(const Held& held) const {
  std::lock_guard<std::mutex> lock(mutex_);
  Audit audit;
  const auto count = [&audit](uint64_t& counter, const std::string& what) {
    ++counter;
    if (audit.example.empty()) audit.example = what;
  };
  std::set<std::string> found;
  for (const auto& [record, values] : held) {
    for (const std::string& value : values) {
      const auto entry = by_value_.find(value);
      if (entry == by_value_.end() || entry->second.record != record) {
        count(audit.phantom, absl::StrCat(value, " in ", record));
      } else if (!found.insert(value).second) {
        count(audit.doubled, absl::StrCat(value, " in ", record));
      }
    }
  }
  for (const auto& [value, entry] : by_value_) {
    if (!entry.acknowledged) continue;
    ++audit.acknowledged;
    if (found.count(value) == 0) count(audit.lost, absl::StrCat(value, " of ", entry.record));
  }
  return audit;
}

Writers::Writers(uint32_t seed, Ledger* ledger) : ledger_(ledger), writers_(kWriters) {
  for (Writer& writer : writers_) writer.random.seed(++seed);
}

void Writers::Run(absl::FunctionRef<absl::Status(int, const Write&)> submit) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i) threads.emplace_back([this, i, submit] { RunOne(i, submit); });
  for (std::thread& thread : threads) thread.join();
}

void Writers::RunOne(int number, absl::FunctionRef<absl::Status(int, const Write&)> submit) {
  std::vector<Write>& pending = writers_[number].pending;
  for (;;) {
    if (pending.empty()) pending.push_back(Next(number));
    const absl::Status status = submit(number, pending.back());
    if (!status.ok()) {
      if (!Expected(status)) {
        std::lock_guard<std::mutex> lock(mutex_);
        unexpected_.push_back(absl::StrCat(pending.back().value, ": ", status.ToString()));
      }
      if (writers_[number].random() % 4 == 0) pending.clear();
      return;
    }
    ledger_->Acknowledged(pending.back());
    pending.clear();
  }
}

Write Writers::Next(int number) {
  Writer& writer = writers_[number];
  const uint64_t count = ++writer.count;
  Write write;
  write.record = writer.random() % 8 == 0
                     ? absl::StrCat("shared-", count / kRevisionsPerRecord)
                     : absl::StrCat("w", number, "-", count / kRevisionsPerRecord);
  write.value = absl::StrCat("value ", number, ".", count);
  write.request_id = RandomUuid(writer.random);
  ledger_->Asked(write);
  return write;
}

}  // namespace chancery::faults
