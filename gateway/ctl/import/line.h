#ifndef CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_

#include <istream>
#include <string>
#include <utility>
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

// Reads the lines of a stream one by one, but those that are blank or begin with #. A comment of a
// file of rejects says which data set the line after it is from.
class LineReader {
 public:
  // `in` must outlive the reader.
  LineReader(std::istream& in, std::string file, std::string dataset)
      : in_(in), file_(std::move(file)), dataset_(std::move(dataset)) {}

  // False at the end.
  bool Next(ImportLine& line);

 private:
  std::istream& in_;
  const std::string file_;
  const std::string dataset_;
  int number_ = 0;
};

// All of them.
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

// `error` with the metadata `file` and `line`.
absl::Status AtLine(const absl::Status& error, const ImportLine& line);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_LINE_H_
