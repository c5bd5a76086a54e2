#include "gateway/ctl/import/line.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gateway/ctl/import/rejects.h"
#include "gateway/records/json_record.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

// What a file of rejects says before a line that was refused.
constexpr char kComment = '#';

}  // namespace

bool LineReader::Next(ImportLine& line) {
  std::string dataset;
  while (std::getline(in_, line.text)) {
    ++number_;
    if (absl::EndsWith(line.text, "\r")) line.text.pop_back();
    const absl::string_view rest = absl::StripAsciiWhitespace(line.text);
    if (rest.empty()) continue;
    if (rest.front() == kComment) {
      dataset = DatasetOfComment(rest);
      continue;
    }
    line.dataset = dataset.empty() ? dataset_ : dataset;
    line.file = file_;
    line.number = number_;
    return true;
  }
  return false;
}

std::vector<ImportLine> ReadLines(std::istream& in, const std::string& file,
                                  const std::string& dataset) {
  LineReader reader(in, file, dataset);
  std::vector<ImportLine> lines;
  for (ImportLine line; reader.Next(line);) lines.push_back(line);
  return lines;
}

absl::StatusOr<LineRecord> ReadRecord(const std::string& text) {
  LineRecord record;
  ASSIGN_OR_RETURN(record.name, gateway::records::NameOf(text));
  ASSIGN_OR_RETURN(record.kind, KindOfName(record.name));
  record.message = NewMessage(record.kind->message);
  RETURN_IF_ERROR(gateway::records::ReadJson(text, *record.message));
  return record;
}

absl::Status AtLine(const absl::Status& error, const ImportLine& line) {
  return errors::WithMetadata(errors::WithMetadata(error, "file", line.file), "line",
                              absl::StrCat(line.number));
}

}  // namespace chancery::ctl
