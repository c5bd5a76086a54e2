#ifndef CHANCERY_GATEWAY_CTL_REVISE_LEAVES_H_
#define CHANCERY_GATEWAY_CTL_REVISE_LEAVES_H_

#include <string>
#include <vector>

#include "gateway/ctl/print/table.h"
#include "google/protobuf/message.h"

// A record taken apart into its single values, and what differs between two records of a kind.

namespace chancery::ctl {

// A value of a record that has no fields of its own.
struct Leaf {
  // As in update masks: "participants.noda.role". A list without ids is one leaf.
  std::string path;
  std::string json;
  // For people: a text without its quotes.
  std::string text;
};

// The values that are set, in the order of the contract. What the server alone writes is left out,
// but whether the record is deleted or contested.
std::vector<Leaf> LeavesOf(const google::protobuf::Message& record);

// A leaf in two records; an empty `json` where it is not set.
struct Change {
  std::string path;
  Leaf before;
  Leaf after;
};

// What differs, in the order of the contract.
std::vector<Change> Differences(const google::protobuf::Message& before,
                                const google::protobuf::Message& after);

// Columns path, before, after.
Table ChangeTable(const std::vector<Change>& changes);

// {"path": …, "before": …, "after": …}, without what is not set.
std::vector<std::string> ChangesJson(const std::vector<Change>& changes);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_REVISE_LEAVES_H_
