#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "deploy/allinone/commands.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/invocation.h"
#include "google/protobuf/util/json_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/serving/json_text.h"
#include "storage/inspect/reindex.h"
#include "storage/inspect/verify.h"

namespace chancery::allinone {
namespace {

using resource::ServiceDefinition;
using resource::ServiceHost;

storage::StoreOptions OptionsOf(const ServiceDefinition& service, const std::string& data) {
  storage::StoreOptions options;
  options.path = StorePath(data, service.name);
  return ServiceHost::Complete(service, std::move(options));
}

std::vector<const ServiceDefinition*> Chosen(ctl::Invocation& run) {
  if (!run.Has("--service")) return AllServices();
  std::vector<const ServiceDefinition*> chosen = AllServices();
  std::erase_if(chosen, [&](const ServiceDefinition* service) {
    return run.Text("--service") != service->name;
  });
  return chosen;
}

std::vector<std::string> ServiceNames() {
  std::vector<std::string> names;
  for (const ServiceDefinition* service : AllServices()) names.push_back(service->name);
  return names;
}

// JSON rows and a table of the same.
struct Rows {
  ctl::Table table;
  std::vector<std::string> json;
};

void AddRow(Rows& rows, const std::vector<std::pair<std::string, std::string>>& cells) {
  std::vector<std::string> row;
  row.reserve(cells.size());
  for (const auto& [name, value] : cells) row.push_back(value);
  rows.json.push_back(serving::JsonObject(cells));
  rows.table.rows.push_back(std::move(row));
}

absl::StatusOr<ctl::Exit> Verify(const std::vector<const ServiceDefinition*>& services,
                                 ctl::Invocation& run) {
  Rows rows;
  rows.table.columns = {"SERVICE", "KIND", "WHERE", "WHAT"};
  for (const ServiceDefinition* service : services) {
    ASSIGN_OR_RETURN(const storage::Verified verified,
                     storage::VerifyStore(OptionsOf(*service, run.Text("--data")),
                                          [&](const storage::Finding& finding) {
                                            AddRow(rows, {{"service", service->name},
                                                          {"kind", finding.kind},
                                                          {"where", finding.where},
                                                          {"what", finding.what}});
                                          }));
    run.output().ShowProgress("");
    if (run.output().is_table()) {
      run.streams().err << service->name << ": " << verified.entries << " journal entries, "
                        << verified.versions << " versions, " << verified.findings << " findings\n";
    }
  }
  const bool clean = rows.json.empty();
  if (!clean || !run.output().is_table()) run.output().ShowList(rows.json, rows.table);
  return clean ? ctl::Exit::kDone : ctl::Exit::kRefused;
}

absl::StatusOr<ctl::Exit> Reindex(const std::vector<const ServiceDefinition*>& services,
                                  ctl::Invocation& run) {
  Rows rows;
  rows.table.columns = {"SERVICE", "ENTRIES"};
  for (const ServiceDefinition* service : services) {
    uint64_t entries = 0;
    RETURN_IF_ERROR(storage::Reindex(
        OptionsOf(*service, run.Text("--data")), [&](uint64_t done, uint64_t total) {
          entries = total;
          run.output().ShowProgress(absl::StrCat(service->name, ": ", done, " of ", total));
        }));
    AddRow(rows, {{"service", service->name}, {"entries", absl::StrCat(entries)}});
  }
  run.output().ShowProgress("");
  run.output().ShowList(rows.json, rows.table);
  return ctl::Exit::kDone;
}

absl::Status DumpTable(const storage::Store& store, const resource::ResourceSpec& spec,
                       Rows& rows) {
  const storage::ReadView view = store.Latest();
  const auto cursor = view.Scan(*spec.table, {});
  for (; cursor->Valid(); cursor->Next()) {
    const std::string name(cursor->name());
    ASSIGN_OR_RETURN(const auto version, view.Get(*spec.table, name));
    if (!version.has_value()) continue;
    std::unique_ptr<google::protobuf::Message> record(spec.table->prototype->New());
    RETURN_IF_ERROR(version->ParseTo(*record));
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(*record, &json).ok()) {
      return errors::Error(types::v1::STORE_CORRUPT, absl::StrCat(name, " can not be printed"));
    }
    rows.json.push_back(json);
    rows.table.rows.push_back({name, absl::StrCat(version->seq),
                               version->header.deleted() ? "deleted" : "live",
                               absl::StrCat(version->payload.size())});
  }
  return cursor->status();
}

absl::StatusOr<ctl::Exit> Dump(const std::vector<const ServiceDefinition*>& services,
                               ctl::Invocation& run) {
  Rows rows;
  rows.table.columns = {"NAME", "SEQ", "STATE", "BYTES"};
  for (const ServiceDefinition* service : services) {
    ASSIGN_OR_RETURN(const auto store,
                     storage::Store::Open(OptionsOf(*service, run.Text("--data"))));
    for (const resource::ResourceSpec* spec : service->specs) {
      RETURN_IF_ERROR(DumpTable(*store, *spec, rows));
    }
  }
  run.output().ShowList(rows.json, rows.table);
  return rows.json.empty() ? ctl::Exit::kNone : ctl::Exit::kDone;
}

// Looking must not make a store.
absl::Status CheckThere(const std::vector<const ServiceDefinition*>& services,
                        const std::string& data) {
  for (const ServiceDefinition* service : services) {
    const std::string path = StorePath(data, service->name);
    if (!std::filesystem::exists(path + "/CURRENT")) {
      return ctl::UsageError("--data", data, absl::StrCat("there is no store at ", path));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<ctl::Exit> Inspect(ctl::Invocation& run) {
  const std::vector<const ServiceDefinition*> services = Chosen(run);
  RETURN_IF_ERROR(CheckThere(services, run.Text("--data")));
  const std::string& action = run.arguments().front();
  if (action == "verify") return Verify(services, run);
  return action == "reindex" ? Reindex(services, run) : Dump(services, run);
}

}  // namespace

ctl::Command InspectCommand() {
  return {
      .name = "inspect",
      .summary = "Look into the stores of a register that is not being served.",
      .arguments = {{.name = "ACTION",
                     .summary = "dump (the records), verify (everything against everything) or "
                                "reindex (build the indexes anew)",
                     .choices = {"dump", "verify", "reindex"}}},
      .flags =
          {
              {.name = "--data",
               .value = "DIR",
               .summary = "The register's folder.",
               .variable = "CHANCERY_DATA",
               .required = true},
              {.name = "--service",
               .value = "NAME",
               .summary = "Only this one's store.",
               .choices = ServiceNames()},
          },
      .access = ctl::Access::kLocal,
      .example = "chancery inspect verify --data DIR",
      .run = Inspect,
  };
}

ctl::Commands OwnCommands() { return {ServeCommand(), DemoCommand(), InspectCommand()}; }

}  // namespace chancery::allinone
