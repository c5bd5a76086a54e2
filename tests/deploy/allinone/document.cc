#include "tests/deploy/allinone/document.h"

#include <openssl/sha.h>

#include <fstream>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "chancery/types/v1/citation.pb.h"
#include "tests/deploy/allinone/record_files.h"

namespace chancery::record {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Bytes in the sequence that `lead` begins; 0 if it begins none.
size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// The code point at the front of `bytes`, which has `length` bytes of its own.
char32_t Decode(absl::string_view bytes, size_t length) {
  char32_t code_point = static_cast<unsigned char>(bytes[0]);
  if (length > 1) code_point &= 0x7Fu >> length;
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xC0) != 0x80) return kReplacement;
    code_point = code_point << 6 | (byte & 0x3F);
  }
  return code_point;
}

std::string CitationFault(const types::v1::Citation& citation, const Document& document) {
  if (citation.digest() != document.digest) return "cites another version of the document";
  const auto size = static_cast<int>(document.text.size());
  if (citation.start() < 0 || citation.start() >= citation.end() || citation.end() > size) {
    return absl::StrCat("has no span: ", citation.start(), "-", citation.end());
  }
  const std::string slice = Utf8(std::u32string_view(document.text)
                                     .substr(citation.start(), citation.end() - citation.start()));
  if (Digest(slice) == citation.slice_digest()) return "";
  return absl::StrCat("is not what ", citation.start(), "-", citation.end(), " holds: '", slice,
                      "'");
}

}  // namespace

std::u32string CodePoints(absl::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    size_t length = SequenceLength(static_cast<unsigned char>(utf8[0]));
    char32_t code_point = kReplacement;
    if (length > 0 && length <= utf8.size()) code_point = Decode(utf8, length);
    if (code_point == kReplacement) length = 1;
    out.push_back(code_point);
    utf8.remove_prefix(length);
  }
  return out;
}

std::string Utf8(std::u32string_view code_points) {
  std::string out;
  for (const char32_t c : code_points) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.append({static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))});
    } else if (c < 0x10000) {
      out.append({static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                  static_cast<char>(0x80 | (c & 0x3F))});
    } else {
      out.append({static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
                  static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))});
    }
  }
  return out;
}

std::string Digest(absl::string_view bytes) {
  std::string raw(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(raw.data()));
  return absl::StrCat("sha256:", absl::BytesToHexString(raw));
}

absl::StatusOr<Document> ReadDocument(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path, " can not be read"));
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return Document{CodePoints(bytes.str()), Digest(bytes.str())};
}

std::vector<std::string> CitationFaults(const google::protobuf::Message& record,
                                        const Document& document, int& checked) {
  std::vector<std::string> faults;
  VisitMessages(record, [&](const std::string& path, const google::protobuf::Message& message) {
    if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
    ++checked;
    const std::string fault =
        CitationFault(static_cast<const types::v1::Citation&>(message), document);
    if (!fault.empty()) faults.push_back(absl::StrCat(path, " ", fault));
  });
  return faults;
}

}  // namespace chancery::record
