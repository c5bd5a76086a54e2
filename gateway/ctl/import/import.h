#ifndef CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/print/table.h"

namespace chancery::ctl {

struct ImportOptions {
  // Goes into the history of every record.
  std::string note;
  // Told now and then how many lines are dealt with.
  std::function<void(int done, int total)> progress;
};

// What became of the lines of one kind.
struct KindReport {
  std::string collection;
  int created = 0;
  int unchanged = 0;  // was in the register already
  int refused = 0;
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
  std::vector<Refusal> refusals;
};

// Puts the records of the lines into a register.
//
// Records go in batches of one kind (BatchCreate), what is referred to before what refers to it.
// Records that refer to each other in a circle are created without the references that can not be
// resolved yet and then updated to the full line. The request id of a batch is the digest of its
// lines, so an import that broke off is simply run again.
//
// A line that is refused is reported and all others go in. A record that exists is left as it is:
// unchanged if it was imported from this very line or equals it, else IMPORT_CONFLICT.
//
// The error, if there is one, is that of a register that could not be reached or has a fault; what
// went in before stays in.
absl::StatusOr<ImportReport> ImportLines(const Client& client, const std::vector<ImportLine>& lines,
                                         const ImportOptions& options);

// The report for people and for programs.
Table ReportTable(const ImportReport& report);
std::string ReportJson(const ImportReport& report);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_IMPORT_H_
