#ifndef CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/import/spill.h"
#include "gateway/ctl/print/table.h"

namespace chancery::ctl {

// How far an import has come.
struct ImportProgress {
  int64_t lines = 0;
  // Of the lines read so far, with a line feed each.
  int64_t bytes = 0;
};

struct ImportOptions {
  // Goes into the history of every record.
  std::string note = {};
  // Told after each call.
  std::function<void(const ImportProgress&)> progress = {};
  // Told of each line that is refused, as soon as that is known. The status carries the metadata
  // `file` and `line` beside its own.
  std::function<void(const ImportLine&, const absl::Status&)> refused = {};
  SpillLimits waiting = {};
};

// What became of the lines of one kind.
struct KindReport {
  std::string collection;
  int64_t created = 0;
  int64_t updated = 0;    // the line had changed
  int64_t unchanged = 0;  // was in the register already
  int64_t accounts = 0;   // stands beside what somebody edited
  int64_t refused = 0;
};

// A line that did not go in.
struct Refusal {
  std::string file;
  int line = 0;
  std::string name;
  // Carries the metadata `file` and `line` beside its own.
  absl::Status status;
};

struct ImportReport {
  std::vector<KindReport> kinds;
  // The first thousand; the counts have all.
  std::vector<Refusal> refusals;
  int64_t refused = 0;
};

// The next line of what is imported; false at the end.
using NextLine = std::function<bool(ImportLine&)>;

// Puts the records of the lines into a register, a few hundred in a call (ImportRecords), in the
// order in which they come. A line whose target is not there yet waits and is sent again after the
// others, until nothing moves any more; records that then refer to each other in a circle are made
// without the references that can not be resolved yet and completed afterwards. Every call may be
// repeated, so an import that broke off is simply run again.
//
// A line that is refused is reported and all others go in. So is a second line of one record.
//
// Memory: one call's lines, what waits (SpillLimits), and about ten bytes for each line.
//
// The error, if there is one, is that of a register that could not be reached or has a fault; what
// went in before stays in.
absl::StatusOr<ImportReport> ImportLines(const Client& client, const NextLine& next,
                                         const ImportOptions& options);
absl::StatusOr<ImportReport> ImportLines(const Client& client, const std::vector<ImportLine>& lines,
                                         const ImportOptions& options);

// The report for people and for programs.
Table ReportTable(const ImportReport& report);
std::string ReportJson(const ImportReport& report);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_
