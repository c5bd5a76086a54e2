#include "tests/faults/history.h"

#include <algorithm>

#include "storage/key_codec.h"

namespace chancery::faults {

std::map<std::string, std::string> History::NotesAt(uint64_t seq) const {
  std::map<std::string, std::string> notes;
  for (uint64_t i = 0; i < seq; ++i) notes[commits_[i].name] = commits_[i].message;
  return notes;
}

std::vector<std::string> History::MessagesOf(const std::string& name, uint64_t seq) const {
  std::vector<std::string> messages;
  for (uint64_t i = seq; i > 0; --i) {
    if (commits_[i - 1].name == name) messages.push_back(commits_[i - 1].message);
  }
  return messages;
}

storage::Entries History::IndexAt(uint64_t seq, uint16_t index) const {
  storage::Entries entries;
  for (const auto& [name, message] : NotesAt(seq)) {
    if (message.empty()) continue;
    storage::Note note;
    note.set_message(message);
    storage::IndexKeys keys;
    storage::NotesIndex(index).emit(note, keys);
    for (const std::string& key : keys) {
      entries.emplace_back(storage::KeyWriter().Raw(key).U8(0).Raw(name).key(), name);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

}  // namespace chancery::faults
