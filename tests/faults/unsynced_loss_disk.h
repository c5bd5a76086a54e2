#ifndef CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_DISK_H_
#define CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_DISK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace chancery::faults {

// A disk in memory that keeps what POSIX promises after a power cut and nothing more:
//
//   - of a file, what was there at its last sync; of the writes since then none, all, or the first
//     few with the last one torn;
//   - of a directory, the entries at its last sync; of the creations, renames and deletions since
//     then the first few, in order. Syncing a file does not keep its entry.
//
// Power fails at a chosen operation, which then may or may not have reached the platter. From there
// on everything fails until PowerOn(). Thread-safe.
class UnsyncedLossDisk {
 public:
  struct File;
  using FilePtr = std::shared_ptr<File>;
  using Image = std::map<std::string, std::string>;

  explicit UnsyncedLossDisk(uint32_t seed) : random_(seed) {}

  // Power fails at the `operations`-th change or sync from now (1 is the next).
  void CutAfter(uint64_t operations);
  void CutNow();
  bool off() const;
  // What was not synced is gone, as described above. All handles must have been given up.
  void PowerOn();

  // All files by path, as programs see them at this moment; and a disk that has just these, synced.
  Image Copy() const;
  void Load(const Image& image);

  // Changes. False: the power is off.
  bool Create(const std::string& path, FilePtr& file);
  bool Write(File& file, uint64_t offset, absl::string_view bytes);
  bool Append(File& file, absl::string_view bytes);
  bool Sync(File& file);
  bool Rename(const std::string& from, const std::string& to);
  bool Remove(const std::string& path);
  bool SyncDirectory(const std::string& directory);
  void MakeDirectory(const std::string& directory);

  // What programs see. Null and nullopt also while the power is off.
  FilePtr Find(const std::string& path) const;
  std::optional<std::string> Read(const File& file, uint64_t offset, size_t length) const;
  std::optional<uint64_t> Size(const File& file) const;
  bool IsDirectory(const std::string& path) const;
  std::vector<std::string> Children(const std::string& directory) const;

 private:
  // The entries that one operation replaced, to be put back if it is lost.
  using Replaced = std::vector<std::pair<std::string, FilePtr>>;

  template <typename Effect>
  bool Change(Effect effect);
  void Note(const std::string& directory, const std::vector<std::string>& paths);
  void ForgetEntries();
  void ForgetWrites(File& file);
  uint64_t Below(uint64_t bound) { return random_() % bound; }

  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  bool off_ = false;
  // Operations until the cut; 0: none is planned.
  uint64_t countdown_ = 0;
  std::map<std::string, FilePtr> entries_;
  std::set<std::string> directories_;
  // By directory, since its last sync.
  std::map<std::string, std::vector<Replaced>> unsynced_;
};

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_DISK_H_
