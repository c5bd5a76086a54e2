#ifndef CHANCERY_GATEWAY_CTL_NAMED_RECORD_H_
#define CHANCERY_GATEWAY_CTL_NAMED_RECORD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/invocation.h"

// Words of a command line that stand for records.

namespace chancery::ctl {

// What may be meant by a word.
struct Meant {
  // The argument, for errors: "STATE".
  std::string argument;
  // The kinds, "states"; an id is one of the first.
  std::vector<std::string> collections;
};

// The resource name that a word stands for:
//   states/japan          itself;
//   japan                 an id, by its form alone: [a-z0-9-];
//   JP                    an ISO code, in capitals, of a state;
//   "Russian Federation"  one of the names or titles on record, letter for letter.
// Codes and names are looked up as of --known-at and --token. Errors: USAGE_INVALID if it stands
// for several, which are named; RESOURCE_NOT_FOUND with the nearest names if it stands for none;
// the register's own.
absl::StatusOr<std::string> ResourceNameOf(const Invocation& in, const Client& client,
                                           const Meant& meant, const std::string& word);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_NAMED_RECORD_H_
