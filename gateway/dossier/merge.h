#ifndef CHANCERY_GATEWAY_DOSSIER_MERGE_H_
#define CHANCERY_GATEWAY_DOSSIER_MERGE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/chronology/compare.h"

namespace chancery::gateway::dossier {

// Where a record stands in a list by time: earliest day, latest day, name; undated ones last.
struct ListKey {
  chronology::SortKey time;
  std::string name;

  friend bool operator==(const ListKey&, const ListKey&) = default;
  friend bool operator<(const ListKey& a, const ListKey& b) {
    return a.time == b.time ? a.name < b.name : a.time < b.time;
  }
};

// How far a list of a service has been read: a page, and how many of its records were used.
struct Place {
  std::string page_token;  // empty for the first page
  size_t skip = 0;
};

// A page of one list, read from a place. Lists of several pairs of states are merged into one, so a
// page need not be used up.
template <typename Record>
struct Stream {
  Place place;
  std::vector<Record> records;  // the whole page, in the list's order
  std::string next_page_token;  // empty on the last page
};

template <typename Record>
struct Merged {
  std::vector<Record> records;
  // Where each list goes on, in the order of the streams, and whether it does not.
  std::vector<Place> places;
  std::vector<bool> ended;

  bool Complete() const {
    for (const bool list_ended : ended) {
      if (!list_ended) return false;
    }
    return true;
  }
};

template <typename Record>
bool UsedUp(const Stream<Record>& stream) {
  return stream.place.skip >= stream.records.size();
}

// A stream with the key of its next record, if there is one.
template <typename Record>
struct Head {
  Stream<Record>* stream;
  ListKey key;
};

// The head with the next record of all; null if there is none, or if it can not be told because a
// list's page is used up and its next one might hold it.
template <typename Record>
Head<Record>* NextHead(std::vector<Head<Record>>& heads) {
  Head<Record>* next = nullptr;
  for (Head<Record>& head : heads) {
    if (UsedUp(*head.stream)) {
      if (!head.stream->next_page_token.empty()) return nullptr;
    } else if (next == nullptr || head.key < next->key) {
      next = &head;
    }
  }
  return next;
}

// Merges lists in the order of `key_of(record)`, a ListKey, into at most `limit` records, each name
// once. The result may be shorter although there is more, never out of order.
template <typename Record, typename KeyOf>
Merged<Record> Merge(std::vector<Stream<Record>> streams, size_t limit, const KeyOf& key_of) {
  Merged<Record> merged;
  absl::flat_hash_set<std::string> seen;
  std::vector<Head<Record>> heads;
  const auto key_of_next = [&](const Stream<Record>& stream) {
    return UsedUp(stream) ? ListKey() : key_of(stream.records[stream.place.skip]);
  };
  heads.reserve(streams.size());
  for (Stream<Record>& stream : streams) heads.push_back({&stream, key_of_next(stream)});
  while (merged.records.size() < limit) {
    Head<Record>* next = NextHead(heads);
    if (next == nullptr) break;
    Record& record = next->stream->records[next->stream->place.skip++];
    if (seen.insert(next->key.name).second) merged.records.push_back(std::move(record));
    next->key = key_of_next(*next->stream);
  }
  for (Stream<Record>& stream : streams) {
    // What was used from one list must not begin the next page from another.
    while (!UsedUp(stream) && seen.contains(key_of_next(stream).name)) {
      ++stream.place.skip;
    }
    merged.ended.push_back(UsedUp(stream) && stream.next_page_token.empty());
    merged.places.push_back(
        UsedUp(stream) ? Place{stream.next_page_token, stream.place.skip - stream.records.size()}
                       : stream.place);
  }
  return merged;
}

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_MERGE_H_
