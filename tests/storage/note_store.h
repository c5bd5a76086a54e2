#ifndef CHANCERY_TESTS_STORAGE_NOTE_STORE_H_
#define CHANCERY_TESTS_STORAGE_NOTE_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/rpc/error_details.pb.h"
#include "rocksdb/env.h"
#include "storage/store.h"
#include "tests/support/manual_clock.h"

// A store with one table, "notes", of a message that nobody minds: google.rpc.LocalizedMessage.
// Its indexes: by_message (the message) and by_word (each word of it).

namespace chancery::storage {

using Note = google::rpc::LocalizedMessage;

inline constexpr uint16_t kNotesTable = 7;
inline constexpr uint16_t kByMessage = 1;
inline constexpr uint16_t kByWord = 2;

const TableSpec& NotesTable();
// The same table under another derivation version, with other words in by_word.
const TableSpec& NotesTableDerivedAnew();
const IndexSpec& NotesIndex(uint16_t index);

// A store that can be closed and opened again over the same files.
class NoteStore {
 public:
  NoteStore();
  // On an Env of the caller's.
  NoteStore(rocksdb::Env* env, std::string path);

  // Settings for the next Open().
  StoreOptions options;
  testing::ManualClock clock;

  absl::Status Open();
  void Close() { store_.reset(); }
  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }
  rocksdb::Env* env() const { return options.env; }
  // Statuses that on_fatal was called with.
  int fatal_calls() const { return fatal_calls_; }

  // Each waits for its mutation. An empty message deletes the note.
  absl::StatusOr<Commit> Put(const std::string& name, const std::string& message,
                             const std::string& request_id = "");
  absl::StatusOr<Commit> PutAll(const std::vector<std::pair<std::string, std::string>>& notes);
  absl::StatusOr<Commit> Submit(Mutation mutation);

  absl::StatusOr<ReadView> ViewAt(int64_t known_at);
  absl::StatusOr<ReadView> ViewNow() { return ViewAt(clock.NowMicros()); }

 private:
  std::unique_ptr<rocksdb::Env> owned_env_;
  std::unique_ptr<Store> store_;
  int fatal_calls_ = 0;
};

// A mutation that writes these notes; an empty message deletes.
Mutation WriteNotes(std::vector<std::pair<std::string, std::string>> notes);

// The message of a live note; nullopt if there is none.
absl::StatusOr<std::optional<std::string>> MessageAt(const ReadView& view, const std::string& name);
// All live notes, found by scanning the table.
absl::StatusOr<std::map<std::string, std::string>> NotesAt(const ReadView& view);

using Entries = std::vector<std::pair<std::string, std::string>>;
// (key within the index, name) of every entry.
absl::StatusOr<Entries> IndexAt(const ReadView& view, uint16_t index);
// What the index should hold, computed from the records alone.
absl::StatusOr<Entries> BruteForceAt(const ReadView& view, const TableSpec& table, uint16_t index);

}  // namespace chancery::storage

#endif  // CHANCERY_TESTS_STORAGE_NOTE_STORE_H_
