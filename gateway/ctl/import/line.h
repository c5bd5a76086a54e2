#ifndef CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_

#include <istream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/ctl/call/catalog.h"

namespace chancery::ctl {

// A line of a file: a record as JSON, its kind said by the collection of its `name`.
struct ImportLine {
  std::string dataset;  // goes into `origin`
  std::string file;
  int number = 0;
  std::string text;
};

// The lines of a stream that are not blank.
std::vector<ImportLine> ReadLines(std::istream& in, const std::string& file,
                                  const std::string& dataset);

// The record of a line.
struct LineRecord {
  const Kind* kind = nullptr;
  std::string name;
  MessagePtr message;
};

// Reads a line as protobuf's JSON. Errors name the field at fault and what may have been meant:
// REQUEST_UNDECODABLE where it is not JSON, FIELD_INVALID where a field or value does not exist,
// USAGE_INVALID where the name names no kind.
absl::StatusOr<LineRecord> ReadRecord(const std::string& text);

// Reads protobuf's JSON into `message`. Errors as ReadRecord.
absl::Status ReadJson(const std::string& text, google::protobuf::Message& message);

// Writes where a record comes from into its `origin`, if it says nothing itself.
void SetOrigin(const ImportLine& line, LineRecord& record);

// `error` with the metadata `file` and `line`.
absl::Status AtLine(const absl::Status& error, const ImportLine& line);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_
