#include "gateway/ctl/import/import.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/print/error_text.h"
#include "gateway/ctl/print/json.h"
#include "gateway/records/json_record.h"
#include "gateway/records/open_references.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using gateway::v1::ImportRecordsRequest;
using gateway::v1::ImportRecordsResponse;
using types::v1::ImportOutcome;

// Of one call; under the gateway's limits.
constexpr size_t kMaxLines = 500;
constexpr size_t kMaxBytes = 1'500'000;

constexpr size_t kMaxRefusals = 1000;

using Window = std::vector<WaitingLine>;
using Names = std::set<std::string>;

absl::Status ErrorOf(const ImportOutcome& outcome) {
  return errors::FromGrpc(grpc::Status(static_cast<grpc::StatusCode>(outcome.error().code()),
                                       outcome.error().message(),
                                       outcome.error().SerializeAsString()));
}

bool IsWaiting(const absl::Status& status) {
  return errors::HasReason(status, types::v1::REFERENCE_NOT_FOUND);
}

// What a line waits for: "events/e" of "events/e.participants.noda".
std::string MissingName(const absl::Status& status) {
  const auto info = errors::InfoOf(status);
  const auto value = info.metadata().find("value");
  if (value == info.metadata().end()) return "";
  return value->second.substr(0, value->second.find('.'));
}

std::string NameOfLine(const std::string& text) {
  const auto name = gateway::records::NameOf(text);
  return name.ok() ? *name : "";
}

// One run of ImportLines().
class Import {
 public:
  Import(const Client& client, const ImportOptions& options)
      : client_(client), options_(options), waiting_(options.waiting) {}

  absl::StatusOr<ImportReport> Run(const NextLine& next) {
    RETURN_IF_ERROR(ReadAll(next));
    for (bool moved = true; moved && !waiting_.empty();) {
      ASSIGN_OR_RETURN(moved, TryAgain());
      if (moved || waiting_.empty()) continue;
      ASSIGN_OR_RETURN(moved, OpenCircles());
    }
    RETURN_IF_ERROR(RefuseRest());
    return Report();
  }

 private:
  // Adds a line to the window, or to the refused ones.
  absl::Status ReadAll(const NextLine& next) {
    Window window;
    size_t bytes = 0;
    for (WaitingLine line; next(line.line);) {
      ++progress_.lines;
      progress_.bytes += static_cast<int64_t>(line.line.text.size()) + 1;
      if (absl::Status status = CheckLine(line.line); !status.ok()) {
        Refuse(line.line, NameOfLine(line.line.text), status);
        continue;
      }
      if (window.size() == kMaxLines || bytes + line.line.text.size() > kMaxBytes) {
        RETURN_IF_ERROR(SendWindow(window));
        window.clear();
        bytes = 0;
      }
      bytes += line.line.text.size();
      window.push_back(std::exchange(line, {}));
    }
    return SendWindow(window);
  }

  absl::Status CheckLine(const ImportLine& line) {
    if (line.text.size() > kMaxBytes) {
      return errors::Error(
          types::v1::RECORD_TOO_LARGE,
          absl::StrCat("the line has ", line.text.size(), " bytes; ", kMaxBytes, " are allowed"),
          {{"bytes", absl::StrCat(line.text.size())}, {"limit", absl::StrCat(kMaxBytes)}});
    }
    RETURN_IF_ERROR(gateway::records::CheckUtf8(line.text));
    const std::string name = NameOfLine(line.text);
    if (name.empty() || names_.insert(absl::HashOf(name)).second) return absl::OkStatus();
    return errors::Error(types::v1::BATCH_NAME_REPEATED,
                         absl::StrCat(name, " has a line before this one"), {{"name", name}});
  }

  absl::StatusOr<ImportRecordsResponse> Send(const Window& window, const Names& absent,
                                             bool validate_only) {
    ImportRecordsRequest request;
    for (const WaitingLine& each : window) {
      auto& line = *request.add_lines();
      line.set_text(each.line.text);
      line.set_dataset(each.line.dataset);
    }
    if (!options_.note.empty()) request.mutable_change_note()->set_note(options_.note);
    for (const std::string& name : absent) request.add_absent(name);
    request.set_validate_only(validate_only);
    ImportRecordsResponse reply;
    RETURN_IF_ERROR(client_.Call(GatewayMethod("ImportRecords"), request, reply));
    if (reply.outcomes_size() == static_cast<int>(window.size())) return reply;
    return errors::Error(types::v1::INTERNAL_FAULT, "an answer that is not one for each line");
  }

  // Sends lines for good. Those that can not go in yet wait.
  absl::Status SendWindow(Window& window) {
    if (window.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const ImportRecordsResponse reply, Send(window, {}, false));
    for (size_t i = 0; i < window.size(); ++i) Take(window[i], reply.outcomes(static_cast<int>(i)));
    if (options_.progress) options_.progress(progress_);
    return absl::OkStatus();
  }

  void Take(WaitingLine& line, const ImportOutcome& outcome) {
    if (!outcome.has_error()) {
      Count(line, outcome);
      moved_ = true;
      return;
    }
    line.status = ErrorOf(outcome);
    if (!IsWaiting(line.status)) {
      moved_ = true;
      return Refuse(line.line, outcome.name(), line.status);
    }
    const absl::Status added = waiting_.Add(line);
    if (!added.ok()) Refuse(line.line, outcome.name(), added);
  }

  void Count(const WaitingLine& line, const ImportOutcome& outcome) {
    KindReport& counts = CountsOf(outcome.name());
    switch (outcome.kind()) {
      case ImportOutcome::UPDATED:
        ++(line.is_part ? counts.created : counts.updated);
        break;
      case ImportOutcome::UNCHANGED:
        ++(line.is_part ? counts.created : counts.unchanged);
        break;
      case ImportOutcome::ACCOUNT_ADDED:
        ++counts.accounts;
        break;
      default:
        ++counts.created;
    }
  }

  // Takes what waits in windows; `visit` puts back what goes on waiting.
  template <typename Visit>
  absl::Status EachWindow(const Visit& visit) {
    Spill old = std::exchange(waiting_, Spill(options_.waiting));
    Window window;
    size_t bytes = 0;
    for (WaitingLine line;;) {
      ASSIGN_OR_RETURN(const bool found, old.Take(line));
      const bool full = window.size() == kMaxLines || bytes + line.line.text.size() > kMaxBytes;
      if (!window.empty() && (!found || full)) {
        RETURN_IF_ERROR(visit(window));
        window.clear();
        bytes = 0;
      }
      if (!found) return absl::OkStatus();
      bytes += line.line.text.size();
      window.push_back(std::exchange(line, {}));
    }
  }

  // Whether any line moved.
  absl::StatusOr<bool> TryAgain() {
    moved_ = false;
    RETURN_IF_ERROR(EachWindow([this](Window& window) { return SendWindow(window); }));
    return moved_;
  }

  absl::Status Keep(const WaitingLine& line) {
    const absl::Status added = waiting_.Add(line);
    if (!added.ok()) Refuse(line.line, NameOfLine(line.line.text), added);
    return absl::OkStatus();
  }

  // What a window's lines refer to, of these names.
  static Names Referred(const Window& window, const Names& names) {
    Names referred;
    for (const WaitingLine& each : window) {
      const auto record = ReadRecord(each.line.text);
      if (!record.ok()) continue;
      for (const std::string& name : gateway::records::ReferencesOf(*record->message)) {
        if (names.count(name) > 0) referred.insert(name);
      }
    }
    return referred;
  }

  // The lines that wait for nothing but each other are made in part. What waits for a record that
  // will never come is left out first: nothing is made for its sake.
  absl::StatusOr<bool> OpenCircles() {
    ASSIGN_OR_RETURN(Names names, WaitingNames());
    for (bool dropped = true; dropped;) {
      ASSIGN_OR_RETURN(dropped, DropHopeless(names));
    }
    return MakeParts(names);
  }

  absl::StatusOr<Names> WaitingNames() {
    Names names;
    RETURN_IF_ERROR(EachWindow([&](Window& window) -> absl::Status {
      for (const WaitingLine& line : window) {
        names.insert(NameOfLine(line.line.text));
        RETURN_IF_ERROR(Keep(line));
      }
      return absl::OkStatus();
    }));
    return names;
  }

  absl::StatusOr<bool> DropHopeless(Names& names) {
    bool dropped = false;
    RETURN_IF_ERROR(EachWindow([&](Window& window) -> absl::Status {
      ASSIGN_OR_RETURN(const auto reply, Send(window, Referred(window, names), true));
      for (size_t i = 0; i < window.size(); ++i) {
        const ImportOutcome& outcome = reply.outcomes(static_cast<int>(i));
        const absl::Status status = outcome.has_error() ? ErrorOf(outcome) : absl::OkStatus();
        const bool hopeless =
            !status.ok() && !(IsWaiting(status) && names.count(MissingName(status)) > 0);
        if (hopeless) dropped |= names.erase(NameOfLine(window[i].line.text)) > 0;
        RETURN_IF_ERROR(Keep(window[i]));
      }
      return absl::OkStatus();
    }));
    return dropped;
  }

  // Whether any was made.
  absl::StatusOr<bool> MakeParts(const Names& names) {
    bool made = false;
    RETURN_IF_ERROR(EachWindow([&](Window& window) -> absl::Status {
      Window hopeful;
      for (const WaitingLine& line : window) {
        if (names.count(NameOfLine(line.line.text)) > 0) hopeful.push_back(line);
      }
      if (!hopeful.empty()) {
        ASSIGN_OR_RETURN(const auto reply, Send(hopeful, Referred(hopeful, names), false));
        for (size_t i = 0; i < hopeful.size(); ++i) {
          if (reply.outcomes(static_cast<int>(i)).kind() != ImportOutcome::CREATED) continue;
          made = hopeful[i].is_part = true;
        }
      }
      size_t next = 0;
      for (const WaitingLine& line : window) {
        const bool sent = names.count(NameOfLine(line.line.text)) > 0;
        RETURN_IF_ERROR(Keep(sent ? hopeful[next++] : line));
      }
      return absl::OkStatus();
    }));
    return made;
  }

  absl::Status RefuseRest() {
    return EachWindow([this](Window& window) {
      for (const WaitingLine& line : window) {
        Refuse(line.line, NameOfLine(line.line.text), line.status);
      }
      return absl::OkStatus();
    });
  }

  KindReport& CountsOf(const std::string& name) {
    const size_t slash = name.find('/');
    const bool known = slash != std::string::npos && KindOfName(name).ok();
    return counts_[known ? name.substr(0, slash) : "(unknown)"];
  }

  void Refuse(const ImportLine& line, const std::string& name, const absl::Status& status) {
    const absl::Status at_line = AtLine(status, line);
    ++CountsOf(name).refused;
    ++report_.refused;
    if (options_.refused) options_.refused(line, at_line);
    if (report_.refusals.size() == kMaxRefusals) return;
    report_.refusals.push_back({line.file, line.number, name, at_line});
  }

  ImportReport Report() {
    for (auto& [collection, counts] : counts_) {
      counts.collection = collection;
      report_.kinds.push_back(counts);
    }
    return std::move(report_);
  }

  const Client& client_;
  const ImportOptions& options_;
  ImportProgress progress_;
  Spill waiting_;
  // Whether any line of a pass went in or was refused for good.
  bool moved_ = false;
  absl::flat_hash_set<size_t> names_;
  std::map<std::string, KindReport> counts_;
  ImportReport report_;
};

}  // namespace

absl::StatusOr<ImportReport> ImportLines(const Client& client, const NextLine& next,
                                         const ImportOptions& options) {
  return Import(client, options).Run(next);
}

absl::StatusOr<ImportReport> ImportLines(const Client& client, const std::vector<ImportLine>& lines,
                                         const ImportOptions& options) {
  size_t taken = 0;
  const NextLine next = [&](ImportLine& line) {
    if (taken == lines.size()) return false;
    line = lines[taken++];
    return true;
  };
  return ImportLines(client, next, options);
}

Table ReportTable(const ImportReport& report) {
  Table table{{"kind", "created", "updated", "unchanged", "accounts", "refused"}, {}};
  for (const KindReport& kind : report.kinds) {
    table.rows.push_back({kind.collection, absl::StrCat(kind.created), absl::StrCat(kind.updated),
                          absl::StrCat(kind.unchanged), absl::StrCat(kind.accounts),
                          absl::StrCat(kind.refused)});
  }
  return table;
}

std::string ReportJson(const ImportReport& report) {
  std::vector<std::string> kinds;
  for (const KindReport& kind : report.kinds) {
    kinds.push_back(JsonObject({{"kind", JsonString(kind.collection)},
                                {"created", absl::StrCat(kind.created)},
                                {"updated", absl::StrCat(kind.updated)},
                                {"unchanged", absl::StrCat(kind.unchanged)},
                                {"accounts", absl::StrCat(kind.accounts)},
                                {"refused", absl::StrCat(kind.refused)}}));
  }
  std::vector<std::string> refusals;
  for (const Refusal& refusal : report.refusals) {
    refusals.push_back(JsonObject({{"file", JsonString(refusal.file)},
                                   {"line", absl::StrCat(refusal.line)},
                                   {"name", JsonString(refusal.name)},
                                   {"status", ErrorJson(refusal.status)}}));
  }
  return JsonObject({{"kinds", JsonArray(kinds)}, {"refused", JsonArray(refusals)}});
}

}  // namespace chancery::ctl
