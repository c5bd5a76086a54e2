#ifndef CHANCERY_TESTS_FAULTS_HISTORY_H_
#define CHANCERY_TESTS_FAULTS_HISTORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/storage/note_store.h"

namespace chancery::faults {

// One mutation of one note, as it was acknowledged.
struct NoteCommit {
  std::string name;
  std::string message;  // Empty: a deletion.
  std::string request_id;
  int64_t commit_time = 0;
};

// Everything that was written, kept outside the store: what each read has to answer. Commit n of
// the store is number n here, from 1.
class History {
 public:
  void Add(NoteCommit commit) { commits_.push_back(std::move(commit)); }
  uint64_t last_seq() const { return commits_.size(); }
  const NoteCommit& at(uint64_t seq) const { return commits_.at(seq - 1); }

  // The newest message of every note that existed after `seq`; empty where it is deleted.
  std::map<std::string, std::string> NotesAt(uint64_t seq) const;
  // All messages of a note up to `seq`, newest first.
  std::vector<std::string> MessagesOf(const std::string& name, uint64_t seq) const;
  // What the index of the notes table holds after `seq`.
  storage::Entries IndexAt(uint64_t seq, uint16_t index) const;

 private:
  std::vector<NoteCommit> commits_;
};

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_HISTORY_H_
