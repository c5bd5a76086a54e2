#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/import_files.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using gateway::v1::RestoreHistoryRequest;
using gateway::v1::RestoreHistoryResponse;

// Of one call; under the server's limit for a message.
constexpr size_t kMaxBytes = 3 << 20;
constexpr size_t kMaxLines = 2000;

template <typename Request, typename Reply>
absl::StatusOr<int64_t> ExportAll(Invocation& in, const std::string& method) {
  Request request;
  RETURN_IF_ERROR(in.SetAsOf(request));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  JsonStream stream(in.output());
  int64_t lines = 0;
  do {
    Reply reply;
    RETURN_IF_ERROR(client->Call(GatewayMethod(method), request, reply));
    for (const std::string& line : reply.lines()) stream.Add(line);
    lines += reply.lines_size();
    in.output().ShowProgress(absl::StrCat(lines, " lines"));
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  in.output().ShowProgress("");
  stream.End();
  return lines;
}

absl::StatusOr<Exit> RunExport(Invocation& in) {
  int64_t lines = 0;
  if (in.Has("--history")) {
    ASSIGN_OR_RETURN(
        lines, (ExportAll<gateway::v1::ExportHistoryRequest, gateway::v1::ExportHistoryResponse>(
                   in, "ExportHistory")));
  } else {
    ASSIGN_OR_RETURN(
        lines, (ExportAll<gateway::v1::ExportRecordsRequest, gateway::v1::ExportRecordsResponse>(
                   in, "ExportRecords")));
  }
  return lines == 0 ? Exit::kNone : Exit::kDone;
}

// The error with the file's name and the line's number instead of the place in the call.
absl::Status AtFile(const absl::Status& status, const std::vector<ImportLine>& window) {
  const auto info = errors::InfoOf(status);
  const auto place = info.metadata().find("line_index");
  size_t index = 0;
  if (place == info.metadata().end() || !absl::SimpleAtoi(place->second, &index) ||
      index >= window.size()) {
    return status;
  }
  return AtLine(status, window[index]);
}

// Sends lines as far as they fit; what may belong to a change that goes on is sent again with what
// follows.
class Restore {
 public:
  Restore(Invocation& in, const Client& client) : in_(in), client_(client) {}

  absl::StatusOr<int64_t> Run(InputFiles& files) {
    size_t bytes = 0;
    for (ImportLine line; files.Next(line);) {
      if (!window_.empty() &&
          (window_.size() == kMaxLines || bytes + line.text.size() > kMaxBytes)) {
        RETURN_IF_ERROR(Send(false));
        bytes = 0;
        for (const ImportLine& left : window_) bytes += left.text.size();
      }
      bytes += line.text.size();
      window_.push_back(line);
    }
    RETURN_IF_ERROR(files.status());
    RETURN_IF_ERROR(Send(true));
    return restored_;
  }

 private:
  absl::Status Send(bool end) {
    if (window_.empty()) return absl::OkStatus();
    RestoreHistoryRequest request;
    for (const ImportLine& line : window_) request.add_lines(line.text);
    request.set_continuation(continuation_);
    request.set_end(end);
    RestoreHistoryResponse reply;
    absl::Status status = client_.Call(GatewayMethod("RestoreHistory"), request, reply);
    if (!status.ok()) return AtFile(status, window_);
    if (reply.lines_taken() == 0 && !end) {
      return AtLine(
          errors::Error(
              types::v1::BATCH_TOO_LARGE, "a change has more lines than fit into a call",
              {{"count", absl::StrCat(window_.size())}, {"limit", absl::StrCat(kMaxLines)}}),
          window_.front());
    }
    continuation_ = reply.continuation();
    restored_ += reply.lines_taken();
    window_.erase(window_.begin(), window_.begin() + reply.lines_taken());
    in_.output().ShowProgress(absl::StrCat(restored_, " lines"));
    return absl::OkStatus();
  }

  Invocation& in_;
  const Client& client_;
  std::vector<ImportLine> window_;
  std::string continuation_;
  int64_t restored_ = 0;
};

absl::StatusOr<Exit> RunRestore(Invocation& in) {
  ASSIGN_OR_RETURN(InputFiles files, InputFiles::Open(in, ""));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(const int64_t lines, Restore(in, *client).Run(files));
  in.output().ShowProgress("");
  in.output().ShowValue(JsonObject({{"restored", absl::StrCat(lines)}}),
                        absl::StrCat("restored ", lines, " revisions\n"));
  return lines == 0 ? Exit::kNone : Exit::kDone;
}

}  // namespace

Commands ExportCommands() {
  std::vector<Flag> flags = KnownAtFlags();
  flags.insert(flags.begin(), {.name = "--history",
                               .summary = "Every revision with its time and note, for restore."});
  return {
      {.name = "export",
       .summary = "Write all records, a line of JSON each, in the order of their names.",
       .flags = flags,
       .example = "chancery export --history",
       .run = RunExport},
      {.name = "restore",
       .summary = "Bring an exported history back into an empty register, commit times and all.",
       .arguments = {{"FILE", "files that export --history has written, in order, or -", false,
                      true}},
       .access = Access::kWrite,
       .example = "chancery restore history.jsonl",
       .run = RunRestore},
  };
}

}  // namespace chancery::ctl
