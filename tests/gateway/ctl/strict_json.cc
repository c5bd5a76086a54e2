#include "tests/gateway/ctl/strict_json.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace chancery::ctl {
namespace {

// Each function takes what it is named after from the front, or returns false.
class Reader {
 public:
  explicit Reader(absl::string_view text) : rest_(text) {}

  bool Document() {
    if (!Value()) return false;
    Space();
    return rest_.empty();
  }

 private:
  void Space() {
    while (!rest_.empty() && absl::string_view(" \t\r\n").find(rest_[0]) != rest_.npos) {
      rest_.remove_prefix(1);
    }
  }

  bool Mark(absl::string_view mark) {
    Space();
    return absl::ConsumePrefix(&rest_, mark);
  }

  bool Value() {
    if (Mark("{")) return Mark("}") || Members('}');
    if (Mark("[")) return Mark("]") || Members(']');
    if (Mark("true") || Mark("false") || Mark("null")) return true;
    return !rest_.empty() && (rest_[0] == '"' ? String() : Number());
  }

  bool Members(char end) {
    for (;;) {
      if (end == '}' && !(Mark("\"") && StringEnd() && Mark(":"))) return false;
      if (!Value()) return false;
      if (Mark(absl::string_view(&end, 1))) return true;
      if (!Mark(",")) return false;
    }
  }

  bool String() { return Mark("\"") && StringEnd(); }

  bool StringEnd() {
    while (!rest_.empty()) {
      const char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !Escape()) return false;
    }
    return false;
  }

  bool Escape() {
    if (rest_.empty()) return false;
    const char c = rest_[0];
    rest_.remove_prefix(1);
    if (c != 'u') return absl::string_view("\"\\/bfnrt").find(c) != absl::string_view::npos;
    for (int i = 0; i < 4; ++i) {
      if (rest_.empty() || !absl::ascii_isxdigit(static_cast<unsigned char>(rest_[0])))
        return false;
      rest_.remove_prefix(1);
    }
    return true;
  }

  bool Digits() {
    const size_t before = rest_.size();
    while (!rest_.empty() && absl::ascii_isdigit(static_cast<unsigned char>(rest_[0]))) {
      rest_.remove_prefix(1);
    }
    return rest_.size() < before;
  }

  bool Number() {
    absl::ConsumePrefix(&rest_, "-");
    if (!absl::ConsumePrefix(&rest_, "0") && !Digits()) return false;
    if (absl::ConsumePrefix(&rest_, ".") && !Digits()) return false;
    if (!absl::ConsumePrefix(&rest_, "e") && !absl::ConsumePrefix(&rest_, "E")) return true;
    if (!absl::ConsumePrefix(&rest_, "+")) absl::ConsumePrefix(&rest_, "-");
    return Digits();
  }

  absl::string_view rest_;
};

}  // namespace

bool IsOneJsonValue(absl::string_view text) { return Reader(text).Document(); }

}  // namespace chancery::ctl
