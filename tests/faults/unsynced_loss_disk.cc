#include "tests/faults/unsynced_loss_disk.h"

#include <algorithm>

namespace chancery::faults {

struct UnsyncedLossDisk::File {
  std::string seen;
  std::string durable;
  // Writes since the last sync, in order.
  std::vector<std::pair<uint64_t, std::string>> pending;
};

namespace {

void Put(std::string& content, uint64_t offset, absl::string_view bytes) {
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size(), '\0');
  std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<ptrdiff_t>(offset));
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string WithoutSlash(const std::string& path) {
  return path.size() > 1 && path.back() == '/' ? path.substr(0, path.size() - 1) : path;
}

}  // namespace

void UnsyncedLossDisk::CutAfter(uint64_t operations) {
  std::lock_guard<std::mutex> lock(mutex_);
  countdown_ = operations;
}

void UnsyncedLossDisk::CutNow() {
  std::lock_guard<std::mutex> lock(mutex_);
  off_ = true;
}

bool UnsyncedLossDisk::off() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return off_;
}

// Runs `effect` unless the power is off. The operation at which it fails is half the time done.
template <typename Effect>
bool UnsyncedLossDisk::Change(Effect effect) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (off_) return false;
  off_ = countdown_ != 0 && --countdown_ == 0;
  if (!off_ || Below(2) == 0) effect();
  return !off_;
}

void UnsyncedLossDisk::PowerOn() {
  std::lock_guard<std::mutex> lock(mutex_);
  ForgetEntries();
  for (auto& [path, file] : entries_) ForgetWrites(*file);
  countdown_ = 0;
  off_ = false;
}

void UnsyncedLossDisk::ForgetEntries() {
  for (auto& [directory, operations] : unsynced_) {
    const uint64_t kept = Below(operations.size() + 1);
    for (; operations.size() > kept; operations.pop_back()) {
      for (auto& [path, file] : operations.back()) {
        if (file == nullptr) {
          entries_.erase(path);
        } else {
          entries_[path] = file;
        }
      }
    }
  }
  unsynced_.clear();
}

void UnsyncedLossDisk::ForgetWrites(File& file) {
  // None, all, or some and a part of the next.
  const uint64_t count = file.pending.size();
  const uint64_t whole = Below(3) == 0 ? count : Below(count + 1);
  const bool torn = Below(2) == 0;
  for (uint64_t i = 0; i < whole; ++i) {
    Put(file.durable, file.pending[i].first, file.pending[i].second);
  }
  if (torn && whole < count) {
    const auto& [offset, bytes] = file.pending[whole];
    Put(file.durable, offset, absl::string_view(bytes).substr(0, Below(bytes.size() + 1)));
  }
  file.pending.clear();
  file.seen = file.durable;
}

UnsyncedLossDisk::Image UnsyncedLossDisk::Copy() const {
  std::lock_guard<std::mutex> lock(mutex_);
  Image image;
  for (const auto& [path, file] : entries_) image[path] = file->seen;
  return image;
}

void UnsyncedLossDisk::Load(const Image& image) {
  std::lock_guard<std::mutex> lock(mutex_);
  entries_.clear();
  unsynced_.clear();
  for (const auto& [path, content] : image) {
    entries_[path] = std::make_shared<File>(File{content, content, {}});
    directories_.insert(DirectoryOf(path));
  }
}

// Remembers what stands at `paths`, which one operation is about to replace.
void UnsyncedLossDisk::Note(const std::string& directory, const std::vector<std::string>& paths) {
  Replaced replaced;
  for (const std::string& path : paths) {
    const auto entry = entries_.find(path);
    replaced.emplace_back(path, entry == entries_.end() ? nullptr : entry->second);
  }
  unsynced_[directory].push_back(std::move(replaced));
}

bool UnsyncedLossDisk::Create(const std::string& path, FilePtr& file) {
  file = std::make_shared<File>();
  return Change([&] {
    Note(DirectoryOf(path), {path});
    entries_[path] = file;
  });
}

bool UnsyncedLossDisk::Write(File& file, uint64_t offset, absl::string_view bytes) {
  return Change([&] {
    Put(file.seen, offset, bytes);
    file.pending.emplace_back(offset, std::string(bytes));
  });
}

bool UnsyncedLossDisk::Append(File& file, absl::string_view bytes) {
  return Change([&] {
    file.pending.emplace_back(file.seen.size(), std::string(bytes));
    file.seen.append(bytes.data(), bytes.size());
  });
}

bool UnsyncedLossDisk::Sync(File& file) {
  return Change([&] {
    for (const auto& [offset, bytes] : file.pending) Put(file.durable, offset, bytes);
    file.pending.clear();
  });
}

bool UnsyncedLossDisk::Rename(const std::string& from, const std::string& to) {
  return Change([&] {
    Note(DirectoryOf(to), {from, to});
    entries_[to] = entries_[from];
    entries_.erase(from);
  });
}

bool UnsyncedLossDisk::Remove(const std::string& path) {
  return Change([&] {
    Note(DirectoryOf(path), {path});
    entries_.erase(path);
  });
}

bool UnsyncedLossDisk::SyncDirectory(const std::string& directory) {
  return Change([&] { unsynced_.erase(WithoutSlash(directory)); });
}

void UnsyncedLossDisk::MakeDirectory(const std::string& directory) {
  std::lock_guard<std::mutex> lock(mutex_);
  directories_.insert(WithoutSlash(directory));
}

UnsyncedLossDisk::FilePtr UnsyncedLossDisk::Find(const std::string& path) const {
  std::lock_guard<std::mutex> lock(mutex_);
  const auto entry = entries_.find(path);
  return off_ || entry == entries_.end() ? nullptr : entry->second;
}

std::optional<std::string> UnsyncedLossDisk::Read(const File& file, uint64_t offset,
                                                  size_t length) const {
  std::lock_guard<std::mutex> lock(mutex_);
  if (off_) return std::nullopt;
  return offset >= file.seen.size() ? "" : file.seen.substr(offset, length);
}

std::optional<uint64_t> UnsyncedLossDisk::Size(const File& file) const {
  std::lock_guard<std::mutex> lock(mutex_);
  if (off_) return std::nullopt;
  return file.seen.size();
}

bool UnsyncedLossDisk::IsDirectory(const std::string& path) const {
  std::lock_guard<std::mutex> lock(mutex_);
  return directories_.count(WithoutSlash(path)) != 0;
}

std::vector<std::string> UnsyncedLossDisk::Children(const std::string& directory) const {
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> children;
  const std::string folder = WithoutSlash(directory);
  for (const auto& [path, file] : entries_) {
    if (DirectoryOf(path) == folder) children.push_back(path.substr(folder.size() + 1));
  }
  return children;
}

}  // namespace chancery::faults
