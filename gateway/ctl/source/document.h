#ifndef CHANCERY_GATEWAY_CTL_SOURCE_DOCUMENT_H_
#define CHANCERY_GATEWAY_CTL_SOURCE_DOCUMENT_H_

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chancery/agreements/v1/chunk.pb.h"
#include "chancery/agreements/v1/segment.pb.h"

// Documents as files have them, and what of them goes into a register. Pure.

namespace chancery::ctl {

// A document: UTF-8, as it is.
struct Document {
  std::string text;
  std::string digest;  // "sha256:" and 64 digits
  int32_t code_points = 0;
};

// TEXT_NOT_UTF8 if the bytes are not UTF-8.
absl::StatusOr<Document> MakeDocument(std::string bytes);

// The chunks that the contract cuts a text into, in their order, with their names.
std::vector<agreements::v1::Chunk> Cut(const Document& document, const std::string& source);

// The segments that a table of sentences describes: a heading, then a line for each, with columns
// separated by tabs. Columns: id, start_byte and end_byte (UTF-8, end exclusive); paragraph and
// text may be there. Ids are brought into lower case and get the source's before them.
// FIELD_INVALID, with the `line`, if a column is missing, a span is none of whole code points in
// the document, or its text is another.
absl::StatusOr<std::vector<agreements::v1::Segment>> ReadSegments(std::istream& in,
                                                                  const Document& document,
                                                                  const std::string& source);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_SOURCE_DOCUMENT_H_
