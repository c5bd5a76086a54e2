#ifndef CHANCERY_GATEWAY_CTL_REVISE_ASSIGNMENT_H_
#define CHANCERY_GATEWAY_CTL_REVISE_ASSIGNMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

// "path=value", as typed at a command line.

namespace chancery::ctl {

// Makes a field of a record what a word says, and returns its path as update masks have it.
//
//   title=Talks                   text as it stands, quotes and commas included
//   kind=MEETING, rounds=3        enums by name, numbers
//   time=2009-05                  a date by its EDTF
//   matters=matters/a,matters/b   a list of texts; also as JSON, ["a", "b"]
//   venue={"locality": "Tokyo"}   a message as JSON
//   participants.noda.role=HOST   an element by its id; one that is not there is added
//   title=, participants.noda=    unset, and taken out
//
// `flag` is what the word was given as, for errors: USAGE_INVALID with the place in the word and
// the names that may have been meant.
absl::StatusOr<std::string> Assign(const std::string& word, const std::string& flag,
                                   google::protobuf::Message& record);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_REVISE_ASSIGNMENT_H_
