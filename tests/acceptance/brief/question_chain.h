#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHAIN_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHAIN_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "tests/acceptance/brief/served_path.h"

namespace chancery::brief {

// The reply to a request; an error if there is none. It lives as long as whoever answers.
using Answerer = std::function<absl::StatusOr<const google::protobuf::Message*>(
    const google::protobuf::MethodDescriptor&, const google::protobuf::Message& request)>;

// Something that a step has found: a record of a reply, or an element of one.
struct Thing {
  const google::protobuf::Message* record;
  const google::protobuf::Message* element;
};
using Things = std::vector<Thing>;

// What the steps of a chain have found, by the names that they give it.
using Named = std::map<std::string, Things>;

// What a path leads to from a thing's element, or from its record if the path begins with "^"; see
// served_path.h. A google.type.Date is its ISO form.
std::vector<Leaf> FollowFrom(const Thing& thing, const std::string& path);

// Asks the requests of a chain, one step after the other. A step is an object:
//
//   as     the name for what it finds
//   call   a method of any of the services, by its own name: all pages of a list are asked for
//   with   the request in JSON. "{talks name}" in a text stands for what the path `name` leads to
//          from `talks`; for several, several requests are made
//   take   the path to what is found in a reply; without it the records of a list, or the reply
//   from   instead of a call: what was found before
//   of     the path to elements, to go on with each of them
//   where  [path, comparison, text] each: "=", "!=", "<", "<=", ">", ">=", "like" (a regular
//          expression), "in" and "not in" ("talks name"), "set", "unset". One value is enough.
//   sort   paths to order by, "-" before one for the reverse; what has no value comes last
//   once   a path: only the first of those with the same value stays
//   keep   "first" or "last"
//
// An error where a request fails, or the chain is not well-formed.
absl::StatusOr<Named> AskChain(const google::protobuf::ListValue& steps, const Answerer& answerer);

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_QUESTION_CHAIN_H_
