#include "gateway/ctl/import/import.h"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/import/batch.h"
#include "gateway/ctl/import/levels.h"
#include "gateway/ctl/import/references.h"
#include "gateway/ctl/print/error_text.h"
#include "gateway/ctl/print/json.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using State = Entrant::State;
using google::protobuf::Timestamp;

// One run of ImportLines().
class Import {
 public:
  Import(const Client& client, const ImportOptions& options)
      : client_(client), options_(options), sender_(client, options.note) {}

  absl::StatusOr<ImportReport> Run(const std::vector<ImportLine>& lines) {
    RETURN_IF_ERROR(NoteNewest());
    for (const ImportLine& line : lines) Read(line);
    Tell();
    const std::vector<int> levels = LevelsOf(Needs());
    const int top = levels.empty() ? -1 : *std::max_element(levels.begin(), levels.end());
    for (int level = 0; level <= top; ++level) RETURN_IF_ERROR(SendLevel(levels, level));
    return Report();
  }

 private:
  // How far each service's store has come, to tell later which records were in it before.
  absl::Status NoteNewest() {
    const auto* service = gateway::v1::RegisterStatus::descriptor()->file()->service(0);
    gateway::v1::RegisterStatus status;
    RETURN_IF_ERROR(client_.Call(*service->FindMethodByName("GetRegisterStatus"),
                                 gateway::v1::GetRegisterStatusRequest(), status));
    for (const auto& store : status.stores()) newest_[store.service()] = store.last_commit_time();
    return absl::OkStatus();
  }

  void Read(const ImportLine& line) {
    auto record = ReadRecord(line.text);
    auto entrant = std::make_unique<Entrant>();
    entrant->line = &line;
    if (!record.ok()) {
      entrant->state = State::kRefused;
      entrant->status = AtLine(record.status(), line);
    } else {
      entrant->record = *std::move(record);
      SetOrigin(line, entrant->record);
      const bool is_new = index_.emplace(entrant->record.name, entrants_.size()).second;
      if (!is_new) {
        entrant->state = State::kRefused;
        entrant->status =
            AtLine(errors::Error(types::v1::BATCH_NAME_REPEATED,
                                 absl::StrCat(entrant->record.name, " has a line before this one"),
                                 {{"name", entrant->record.name}}),
                   line);
      }
    }
    entrants_.push_back(std::move(entrant));
  }

  // The lines that each line refers to.
  std::vector<std::vector<size_t>> Needs() const {
    std::vector<std::vector<size_t>> needs(entrants_.size());
    for (size_t i = 0; i < entrants_.size(); ++i) {
      if (entrants_[i]->state != State::kWaiting) continue;
      for (const std::string& name : ReferencesOf(*entrants_[i]->record.message)) {
        const auto found = index_.find(name);
        if (found != index_.end() && found->second != i) needs[i].push_back(found->second);
      }
    }
    return needs;
  }

  absl::Status SendLevel(const std::vector<int>& levels, int level) {
    std::vector<Entrant*> partial;
    for (const Kind& kind : Kinds()) {
      std::vector<Entrant*> entrants;
      for (size_t i = 0; i < entrants_.size(); ++i) {
        Entrant& entrant = *entrants_[i];
        if (levels[i] == level && entrant.record.kind == &kind &&
            entrant.state == State::kWaiting) {
          entrants.push_back(&entrant);
        }
      }
      for (Entrant* entrant : entrants) MakeFirst(*entrant, levels, level);
      RETURN_IF_ERROR(sender_.Create(entrants));
      for (Entrant* entrant : entrants) {
        if (entrant->is_partial && entrant->state == State::kCreated) partial.push_back(entrant);
      }
      Tell();
    }
    for (Entrant* entrant : partial) RETURN_IF_ERROR(sender_.Complete(*entrant));
    return absl::OkStatus();
  }

  // Within a level only records of one circle need each other. What comes later in the order of
  // the kinds is left out at first; so is what is of the same kind, which may be another batch.
  void MakeFirst(Entrant& entrant, const std::vector<int>& levels, int level) {
    entrant.first.reset(entrant.record.message->New());
    entrant.first->CopyFrom(*entrant.record.message);
    entrant.is_partial = RemoveReferences(*entrant.first, [&](const std::string& name) {
      const auto found = index_.find(name);
      return found != index_.end() && entrants_[found->second].get() != &entrant &&
             levels[found->second] == level && entrants_[found->second]->state == State::kWaiting;
    });
    // Without an origin, so that nobody takes the part for the whole line.
    if (entrant.is_partial) MutableField(*entrant.first, "origin")->Clear();
  }

  void Tell() const {
    if (!options_.progress) return;
    const auto done = std::count_if(entrants_.begin(), entrants_.end(), [](const auto& entrant) {
      return entrant->state != State::kWaiting;
    });
    options_.progress(static_cast<int>(done), static_cast<int>(entrants_.size()));
  }

  // Whether a record that was answered as created had been there before, from an earlier run under
  // the same request id.
  bool WasThere(const Entrant& entrant) const {
    const std::string package = entrant.record.kind->message->file()->package();
    for (const auto& [service, time] : newest_) {
      if (package != absl::StrCat("chancery.", service, ".v1")) continue;
      return entrant.create_time <= time;
    }
    return false;
  }

  ImportReport Report() const {
    std::map<std::string, KindReport> by_collection;
    ImportReport report;
    for (const auto& entrant : entrants_) {
      const Kind* kind = entrant->record.kind;
      KindReport& counts = by_collection[kind == nullptr ? "(unknown)" : kind->collection];
      if (entrant->state == State::kRefused) {
        ++counts.refused;
        report.refusals.push_back(
            {entrant->line->file, entrant->line->number, entrant->record.name, entrant->status});
      } else if (entrant->state == State::kUnchanged || WasThere(*entrant)) {
        ++counts.unchanged;
      } else {
        ++counts.created;
      }
    }
    for (auto& [collection, counts] : by_collection) {
      counts.collection = collection;
      report.kinds.push_back(counts);
    }
    return report;
  }

  const Client& client_;
  const ImportOptions& options_;
  const BatchSender sender_;
  std::vector<std::unique_ptr<Entrant>> entrants_;
  std::unordered_map<std::string, size_t> index_;
  std::map<std::string, Timestamp> newest_;
};

}  // namespace

absl::StatusOr<ImportReport> ImportLines(const Client& client, const std::vector<ImportLine>& lines,
                                         const ImportOptions& options) {
  return Import(client, options).Run(lines);
}

Table ReportTable(const ImportReport& report) {
  Table table{{"kind", "created", "unchanged", "refused"}, {}};
  for (const KindReport& kind : report.kinds) {
    table.rows.push_back({kind.collection, absl::StrCat(kind.created), absl::StrCat(kind.unchanged),
                          absl::StrCat(kind.refused)});
  }
  return table;
}

std::string ReportJson(const ImportReport& report) {
  std::vector<std::string> kinds;
  for (const KindReport& kind : report.kinds) {
    kinds.push_back(JsonObject({{"kind", JsonString(kind.collection)},
                                {"created", absl::StrCat(kind.created)},
                                {"unchanged", absl::StrCat(kind.unchanged)},
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
