#ifndef CHANCERY_GATEWAY_CTL_PRINT_PAGE_H_
#define CHANCERY_GATEWAY_CTL_PRINT_PAGE_H_

#include <string>
#include <utility>

namespace chancery::ctl {

// How text is set: `width` columns (0: lines as long as they are), headings in bold or not.
struct Setting {
  int width = 0;
  bool color = false;
};

// Text under construction: headings, and lines that are wrapped where that is wanted.
class Page {
 public:
  // Where text begins that stands beside a date.
  static constexpr int kDateWidth = 12;

  explicit Page(Setting setting) : setting_(setting) {}

  // A heading, after a blank line unless it is the first.
  void Heading(const std::string& text);

  // `text`, all of its lines `indent` columns in. Nothing if it is empty.
  void Line(const std::string& text, int indent);

  // A line that begins with a date; what it begins goes on beside the date, below it if the date
  // is long.
  void DatedLine(const std::string& date, const std::string& text);

  // As it is, not wrapped.
  void Raw(const std::string& text) { out_ += text; }
  void Blank() { out_ += "\n"; }

  // All of it. The page is empty afterwards.
  std::string Finish() { return std::move(out_); }

 private:
  const Setting setting_;
  std::string out_;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_PAGE_H_
