#ifndef CHANCERY_TESTS_FAULTS_READING_H_
#define CHANCERY_TESTS_FAULTS_READING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/faults/history.h"
#include "tests/storage/note_store.h"

namespace chancery::faults {

// What came of reading all of a store.
struct Reading {
  // Reads that failed and said so.
  uint64_t errors = 0;
  // Of these, scans that had answered something less than the whole: to whoever does not ask a
  // cursor for its status they are answers.
  uint64_t short_scans = 0;
  // Repeated requests that were applied anew.
  uint64_t forgotten = 0;
  // Reads that claimed to have succeeded and were not what was written.
  std::vector<std::string> wrong;
};

// Reads a damaged store in every way there is, now and at earlier moments, and holds each answer
// against `history`: Get, MultiGet, scans both ways, both indexes, versions, moments by seq and by
// time, and the answers to repeated requests.
Reading ReadEverything(storage::NoteStore& store, const History& history);

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_READING_H_
