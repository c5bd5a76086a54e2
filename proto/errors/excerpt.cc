#include "proto/errors/excerpt.h"

#include "absl/strings/str_cat.h"

namespace chancery::errors {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string Excerpt(absl::string_view text, size_t code_points) {
  size_t end = 0;
  for (size_t count = 0; end < text.size(); ++end) {
    if (!IsContinuation(text[end]) && count++ == code_points) break;
  }
  return absl::StrCat(text.substr(0, end), end < text.size() ? "…" : "");
}

}  // namespace chancery::errors
