#include "gateway/ctl/print/page.h"

#include "absl/strings/str_cat.h"
#include "gateway/ctl/print/text_width.h"

namespace chancery::ctl {

void Page::Heading(const std::string& text) {
  if (!out_.empty()) out_ += "\n";
  absl::StrAppend(&out_, setting_.color ? "\x1b[1m" : "", OneLine(text),
                  setting_.color ? "\x1b[0m" : "", "\n");
}

void Page::Line(const std::string& text, int indent) {
  if (text.empty()) return;
  const std::string margin(indent, ' ');
  const std::string line = OneLine(text);
  if (setting_.width == 0) {
    absl::StrAppend(&out_, margin, line, "\n");
    return;
  }
  for (const std::string& part : WrapText(line, setting_.width - indent)) {
    absl::StrAppend(&out_, margin, part, "\n");
  }
}

void Page::DatedLine(const std::string& date, const std::string& text) {
  if (DisplayWidth(date) > kDateWidth - 2) {
    Line(date, 0);
    Line(text, kDateWidth);
    return;
  }
  // The first line of the text takes the place of its margin.
  const size_t start = out_.size();
  Line(text.empty() ? " " : text, kDateWidth);
  out_.replace(start, kDateWidth, PadText(date, kDateWidth));
}

}  // namespace chancery::ctl
