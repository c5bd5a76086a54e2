#ifndef CHANCERY_TESTS_DEPLOY_ALLINONE_RECORD_FILES_H_
#define CHANCERY_TESTS_DEPLOY_ALLINONE_RECORD_FILES_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace chancery::record {

// One line of the record.
struct Line {
  // "people.jsonl:3", for messages.
  std::string place;
  // "people/noda".
  std::string name;
  // A Person, as its collection says.
  std::unique_ptr<google::protobuf::Message> message;
};

// The whole record under `folder`: the files in the order in which they refer to each other, each
// from top to bottom. Strict: an unknown key, a line of another collection or a missing file is an
// error that names its place.
absl::StatusOr<std::vector<Line>> ReadRecord(const std::string& folder);

// One line of `collection` ("people"); parsed as above.
absl::StatusOr<Line> ParseLine(const std::string& collection, const std::string& place,
                               const std::string& json);

// Calls `visit` for `message` and every message in it, outermost first, with the path that leads
// there:
// "" or "participants.noda.capacities.pm". An element without an id is named by its number.
using Visitor =
    std::function<void(const std::string& path, const google::protobuf::Message& message)>;
void VisitMessages(const google::protobuf::Message& message, const Visitor& visit);

}  // namespace chancery::record

#endif  // CHANCERY_TESTS_DEPLOY_ALLINONE_RECORD_FILES_H_
