#ifndef CHANCERY_GATEWAY_DOSSIER_DIRECTORY_H_
#define CHANCERY_GATEWAY_DOSSIER_DIRECTORY_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"

namespace chancery::gateway::dossier {

// Resource names, each once, in no order.
using NameSet = absl::flat_hash_set<std::string>;

// The records at hand, by resource name: states, people, posts and whatever else an answer refers
// to. Records that could not be had are simply not in it, and their ids are shown instead of names.
// Not thread-safe, not even for reading: it is one answer's.
class Directory {
 public:
  // Replaces nothing: at one moment of the record a name has one value.
  void Add(const std::string& name, std::unique_ptr<const google::protobuf::Message> record);

  bool Has(absl::string_view name) const { return entries_.contains(name); }

  // The record if it is at hand and of that kind, else null.
  template <typename Record>
  const Record* Find(absl::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : As<Record>(*found->second.record);
  }

  // What to call a person, post, organisation, state, event, series, matter, agreement, programme
  // or source on a day; its id if the record is not at hand or has no name. Empty for an empty
  // name.
  std::string NameOf(absl::string_view name, absl::CivilDay day) const;

  // The state that a post or an organisation belongs to, or the state itself; empty if unknown.
  std::string StateOf(absl::string_view name) const;

  // Of `wanted`, the names that are not at hand.
  NameSet Missing(const NameSet& wanted) const;

 private:
  template <typename Record>
  static const Record* As(const google::protobuf::Message& record) {
    if (record.GetDescriptor() != Record::descriptor()) return nullptr;
    return static_cast<const Record*>(&record);
  }
  static std::string FindName(const google::protobuf::Message& record, absl::CivilDay day);

  struct Entry {
    std::unique_ptr<const google::protobuf::Message> record;
    // Its name on the day that was asked for last: found by reading dates, asked for again and
    // again.
    mutable std::optional<absl::CivilDay> day;
    mutable std::string shown;
  };
  absl::flat_hash_map<std::string, Entry> entries_;
};

}  // namespace chancery::gateway::dossier

#endif  // CHANCERY_GATEWAY_DOSSIER_DIRECTORY_H_
