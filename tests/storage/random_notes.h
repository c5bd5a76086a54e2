#ifndef CHANCERY_TESTS_STORAGE_RANDOM_NOTES_H_
#define CHANCERY_TESTS_STORAGE_RANDOM_NOTES_H_

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/storage/note_store.h"

namespace chancery::storage {

// Random mutations over few names and few words, so that values repeat, notes are deleted and come
// back, and many mutations meet one name.
class RandomNotes {
 public:
  explicit RandomNotes(uint32_t seed) : random_(seed) {}

  uint64_t Below(uint64_t bound) { return random_() % bound; }

  std::string Message() {
    static const char* const kWords[] = {"alpha", "beta", "gamma", "delta", "echo"};
    std::string message;
    for (uint64_t words = Below(4); words > 0; --words) {
      if (!message.empty()) message += ' ';
      message += kWords[Below(5)];
    }
    return message;
  }

  // One to three notes with different names.
  std::vector<std::pair<std::string, std::string>> Notes() {
    std::vector<std::pair<std::string, std::string>> notes;
    const uint64_t first = Below(30);
    for (uint64_t i = 0; i <= Below(3); ++i) {
      notes.emplace_back("notes/" + std::to_string(first + i), Message());
    }
    return notes;
  }

 private:
  std::mt19937 random_;
};

}  // namespace chancery::storage

#endif  // CHANCERY_TESTS_STORAGE_RANDOM_NOTES_H_
