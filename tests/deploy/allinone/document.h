#ifndef CHANCERY_TESTS_DEPLOY_ALLINONE_DOCUMENT_H_
#define CHANCERY_TESTS_DEPLOY_ALLINONE_DOCUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace chancery::record {

// Text as code points. Bytes that are not UTF-8 become U+FFFD, one each.
std::u32string CodePoints(absl::string_view utf8);

// And back.
std::string Utf8(std::u32string_view code_points);

// "sha256:" and the digest of `bytes` in hexadecimal.
std::string Digest(absl::string_view bytes);

// A document that citations point into.
struct Document {
  std::u32string text;
  std::string digest;
};

absl::StatusOr<Document> ReadDocument(const std::string& path);

// What is wrong with the citations of `record` as far as they cite `document`: one sentence each,
// none if every digest, span and slice is right. `checked` is raised by the number of citations
// compared.
std::vector<std::string> CitationFaults(const google::protobuf::Message& record,
                                        const Document& document, int& checked);

}  // namespace chancery::record

#endif  // CHANCERY_TESTS_DEPLOY_ALLINONE_DOCUMENT_H_
