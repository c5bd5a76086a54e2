#include "services/resource/text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "unicode/normalizer2.h"
#include "unicode/stringpiece.h"
#include "unicode/uversion.h"

namespace chancery::resource {
bool IsNormalized(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isascii(c); });
}

std::string Normalized(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string normalized;
  icu::StringByteSink<std::string> sink(&normalized);
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                     nullptr, error);
  return U_SUCCESS(error) ? normalized : text;
}

size_t CodePoints(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

std::string UnicodeVersion() { return "icu-" U_ICU_VERSION; }

}  // namespace chancery::resource
