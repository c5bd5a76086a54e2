#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/call/uuid.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/record_calls.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;
using google::protobuf::Timestamp;

absl::StatusOr<std::vector<ImportLine>> LinesOf(Invocation& in, const std::string& file) {
  if (file == "-") return ReadLines(in.streams().in, "-", "");
  std::ifstream stream(file);
  if (!stream) return UsageError("--file", file, absl::StrCat(file, " can not be read"));
  return ReadLines(stream, file, "");
}

struct Applied {
  MessagePtr record;
  std::string action;
};

std::string ActionOf(const Invocation& in, const Message& record) {
  if (in.Has("--validate-only")) return "valid";
  const auto& created = static_cast<const Timestamp&>(FieldOf(record, "create_time"));
  const auto& updated = static_cast<const Timestamp&>(FieldOf(record, "update_time"));
  return created == updated ? "created" : "updated";
}

std::string UpdateTime(const Message& record) {
  return TimeText(static_cast<const Timestamp&>(FieldOf(record, "update_time")));
}

absl::StatusOr<Applied> ApplyRecord(const Invocation& in, const Client& client,
                                    const LineRecord& record, int number) {
  const Kind& kind = *record.kind;
  const MessagePtr request = NewMessage(kind.update->input_type());
  MutableFieldOfType(*request, *kind.message)->CopyFrom(*record.message);
  SetSwitch(*request, "allow_missing", true);
  for (const absl::string_view path : absl::StrSplit(in.Text("--update-mask"), ',')) {
    AddText(*MutableField(*request, "update_mask"), "paths", path);
  }
  ASSIGN_OR_RETURN(std::string request_id, in.SetWrite(*request));
  // One id was given for all lines: each has its own made of it.
  if (number > 1 && in.Has("--request-id")) {
    request_id = UuidOf(absl::StrCat(request_id, "\n", number));
    SetText(*request, "request_id", request_id);
  }
  Applied applied{NewMessage(kind.message), ""};
  RETURN_IF_ERROR(Repeatable(client.Call(*kind.update, *request, *applied.record), request_id));
  applied.action = ActionOf(in, *applied.record);
  return applied;
}

absl::Status CheckEtag(const Invocation& in, size_t lines) {
  if (!in.Has("--etag") || lines == 1) return absl::OkStatus();
  return UsageError("--etag", in.Text("--etag"),
                    absl::StrCat("--etag is of one record, and there are ", lines));
}

absl::StatusOr<Exit> Apply(Invocation& in) {
  ASSIGN_OR_RETURN(const std::vector<ImportLine> lines, LinesOf(in, in.Text("--file")));
  RETURN_IF_ERROR(CheckEtag(in, lines.size()));
  std::vector<LineRecord> records;
  for (const ImportLine& line : lines) {
    auto record = ReadRecord(line.text);
    if (!record.ok()) return AtLine(record.status(), line);
    if (in.Has("--etag")) SetText(*record->message, "etag", in.Text("--etag"));
    records.push_back(*std::move(record));
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  Table table{{"name", "done", "update_time"}, {}};
  std::vector<std::string> json;
  for (size_t i = 0; i < records.size(); ++i) {
    auto applied = ApplyRecord(in, *client, records[i], static_cast<int>(i) + 1);
    if (!applied.ok()) {
      return errors::WithMetadata(AtLine(applied.status(), lines[i]), "applied", absl::StrCat(i));
    }
    const std::string time = in.Has("--validate-only") ? "" : UpdateTime(*applied->record);
    table.rows.push_back({records[i].name, applied->action, time});
    json.push_back(ToJson(*applied->record));
  }
  in.output().ShowList(json, table);
  return records.empty() ? Exit::kNone : Exit::kDone;
}

// Delete and Undelete: one name, one etag, one record back.
absl::StatusOr<Exit> Change(Invocation& in, const google::protobuf::MethodDescriptor* Kind::*method,
                            const char* done) {
  const std::string& name = in.arguments().front();
  ASSIGN_OR_RETURN(const Kind* kind, KindOfName(name));
  const MessagePtr request = NewMessage((kind->*method)->input_type());
  SetText(*request, "name", name);
  SetText(*request, "etag", in.Text("--etag"));
  SetSwitch(*request, "allow_missing", in.Has("--allow-missing"));
  ASSIGN_OR_RETURN(const std::string request_id, in.SetWrite(*request));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  const MessagePtr record = NewMessage(kind->message);
  RETURN_IF_ERROR(Repeatable(client->Call(*(kind->*method), *request, *record), request_id));
  const bool only_checked = in.Has("--validate-only");
  in.output().Show(*record, absl::StrCat(name, only_checked ? " can be " : " is ", done, "\n"));
  return Exit::kDone;
}

absl::StatusOr<Exit> Delete(Invocation& in) { return Change(in, &Kind::remove, "deleted"); }
absl::StatusOr<Exit> Undelete(Invocation& in) { return Change(in, &Kind::undelete, "undeleted"); }

}  // namespace

Commands WriteCommands() {
  const std::vector<Flag> apply_flags = {
      {.name = "--file",
       .value = "FILE",
       .summary = "The records, one as JSON in each line; - is standard input.",
       .short_name = "-f",
       .required = true,
       .names = Names::kFiles},
      {.name = "--update-mask",
       .value = "PATHS",
       .summary = "The fields to change, separated by commas; * replaces the record.",
       .fallback = "*"},
  };
  return {
      {.name = "apply",
       .summary = "Make records say what a file says: create or update them, line by line.",
       .flags = Joined(apply_flags, ChangeFlags()),
       .access = Access::kWrite,
       .example = "chancery get people/noda --output jsonl | chancery apply -f -",
       .run = Apply},
      {.name = "delete",
       .summary = "Delete a record; it stays readable and can be undeleted.",
       .arguments = {{.name = "NAME",
                      .summary = "a name like people/noda",
                      .names = Names::kRecords}},
       .flags = Joined({{.name = "--allow-missing",
                         .summary = "Succeed if there is none or it is deleted already."}},
                       ChangeFlags()),
       .access = Access::kWrite,
       .example = "chancery delete people/noda --note 'entered twice'",
       .run = Delete},
      {.name = "undelete",
       .summary = "Bring a deleted record back.",
       .arguments = {{.name = "NAME",
                      .summary = "a name like people/noda",
                      .names = Names::kRecords}},
       .flags = ChangeFlags(),
       .access = Access::kWrite,
       .example = "chancery undelete people/noda",
       .run = Undelete},
  };
}

}  // namespace chancery::ctl
