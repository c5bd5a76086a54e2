#include <unistd.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/record_calls.h"
#include "gateway/ctl/revise/assignment.h"
#include "gateway/ctl/revise/draft.h"
#include "gateway/ctl/revise/leaves.h"
#include "gateway/records/json_record.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;

MessagePtr CopyOf(const Message& message) {
  MessagePtr copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

// The fields of the record in which there are changes: what an update is to touch.
std::vector<std::string> FieldsOf(const std::vector<Change>& changes) {
  std::set<std::string> fields;
  for (const Change& change : changes) fields.insert(change.path.substr(0, change.path.find('.')));
  return {fields.begin(), fields.end()};
}

absl::StatusOr<Exit> ShowEdited(Invocation& in, const std::vector<Change>& changes,
                                const Message& record, const std::string& done) {
  const std::string json = JsonObject({{"done", JsonString(done)},
                                       {"changes", JsonArray(ChangesJson(changes))},
                                       {"record", ToJson(record)}});
  const std::string line = absl::StrCat(TextOf(record, "name"), " is ", done, "\n");
  const bool shown_before = in.output().width() > 0;
  in.output().ShowValue(
      json, shown_before || changes.empty() ? line : PipeTable(ChangeTable(changes)) + line);
  return Exit::kDone;
}

// Writes what differs between two versions of a record, after it has been shown.
absl::StatusOr<Exit> Write(Invocation& in, const Client& client, const Message& before,
                           const KindRecord& after) {
  const std::vector<Change> changes = Differences(before, *after.record);
  if (changes.empty()) return ShowEdited(in, changes, before, "unchanged");
  in.output().ShowBefore(ChangeTable(changes));
  ASSIGN_OR_RETURN(const MessagePtr written, ReviseRecord(in, client, after, FieldsOf(changes)));
  return ShowEdited(in, changes, *written, in.Has("--validate-only") ? "valid" : "updated");
}

absl::StatusOr<Exit> EditByFlags(Invocation& in, const Client& client, KindRecord found) {
  if (!in.Has("--note")) {
    return UsageError("--note", "", "edit needs --note TEXT: why the record is changed");
  }
  const MessagePtr before = CopyOf(*found.record);
  for (const std::string& word : in.Texts("--set")) {
    RETURN_IF_ERROR(Assign(word, "--set", *found.record).status());
  }
  return Write(in, client, *before, found);
}

std::string EditorOf(const Invocation& in) {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    if (std::string editor = in.Variable(name); !editor.empty()) return editor;
  }
  return "vi";
}

// What came out of the editor, as the record that is to be written.
absl::Status TakeDraft(Invocation& in, const std::string& draft, KindRecord& found) {
  const MessagePtr edited = NewMessage(found.kind->message);
  ASSIGN_OR_RETURN(const std::string note, ReadDraft(draft, *edited));
  const std::string name = TextOf(*found.record, "name");
  if (TextOf(*edited, "name") != name) {
    return UsageError("name", TextOf(*edited, "name"),
                      absl::StrCat("the name of a record stays what it is: ", name));
  }
  if (note.empty() && !in.Has("--note")) {
    return UsageError("--note", "", "behind `note:` stands why the record is changed");
  }
  if (!note.empty()) in.Give("--note", note);
  SetText(*edited, "etag", TextOf(*found.record, "etag"));
  found.record = CopyOf(*edited);
  return absl::OkStatus();
}

// Opens the draft in the editor and writes what came of it.
absl::StatusOr<Exit> WriteEdited(Invocation& in, const Client& client, const Message& before,
                                 const std::string& draft, const std::string& path,
                                 KindRecord& found) {
  ASSIGN_OR_RETURN(const std::string edited, EditFile(EditorOf(in), path));
  if (edited == draft) return ShowEdited(in, {}, before, "unchanged");
  RETURN_IF_ERROR(TakeDraft(in, edited, found));
  return Write(in, client, before, found);
}

absl::StatusOr<Exit> EditInEditor(Invocation& in, const Client& client, KindRecord found) {
  if (in.output().width() == 0) {
    return UsageError("--set", "", "edit needs --set PATH=VALUE where there is no terminal");
  }
  const MessagePtr before = CopyOf(*found.record);
  gateway::records::ClearComputed(*before);
  const std::string draft = DraftOf(*before, in.Text("--note"));
  ASSIGN_OR_RETURN(const std::string path, KeepDraft(draft));
  absl::StatusOr<Exit> exit = WriteEdited(in, client, *before, draft, path, found);
  if (!exit.ok()) return errors::WithMetadata(exit.status(), "kept", path);
  unlink(path.c_str());
  return exit;
}

absl::StatusOr<Exit> Edit(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(KindRecord found, ReadRecordCalled(in, *client, in.arguments().front()));
  return in.Has("--set") ? EditByFlags(in, *client, std::move(found))
                         : EditInEditor(in, *client, std::move(found));
}

bool IsRevision(const std::string& word) { return absl::StrContains(word, "/revisions/"); }

const Message& SnapshotOf(const Message& revision) { return FieldOf(revision, "snapshot"); }

// The record as a word says: a revision by its name, or a moment.
absl::StatusOr<MessagePtr> RecordAt(Invocation& in, const Client& client, const std::string& name,
                                    const std::string& word) {
  if (!IsRevision(word)) {
    ASSIGN_OR_RETURN(KindRecord found, ReadRecordCalled(in, client, name, word));
    return std::move(found.record);
  }
  const auto is_it = [&](const Message& revision) { return TextOf(revision, "name") == word; };
  ASSIGN_OR_RETURN(const auto revisions, ReadRevisions(in, client, name, is_it));
  if (!revisions.empty() && is_it(*revisions.back())) return CopyOf(SnapshotOf(*revisions.back()));
  return errors::Error(types::v1::RESOURCE_NOT_FOUND, absl::StrCat("there is no ", word),
                       {{"name", word}});
}

// The two that are compared: those of the words; with one word it and the newest; without any the
// last two revisions. The first is null if the record has a single one.
absl::StatusOr<std::pair<MessagePtr, MessagePtr>> Compared(Invocation& in, const Client& client) {
  const std::string& name = in.arguments().front();
  std::pair<MessagePtr, MessagePtr> two;
  if (in.arguments().size() == 1) {
    int seen = 0;
    ASSIGN_OR_RETURN(const auto revisions,
                     ReadRevisions(in, client, name, [&](const Message&) { return ++seen == 2; }));
    two.second = CopyOf(SnapshotOf(*revisions.front()));
    if (revisions.size() > 1) two.first = CopyOf(SnapshotOf(*revisions.back()));
    return two;
  }
  if (in.arguments().size() == 3) {
    ASSIGN_OR_RETURN(two.second, RecordAt(in, client, name, in.arguments()[2]));
  } else {
    ASSIGN_OR_RETURN(KindRecord newest, ReadRecordCalled(in, client, name));
    two.second = std::move(newest.record);
  }
  ASSIGN_OR_RETURN(two.first, RecordAt(in, client, name, in.arguments()[1]));
  return two;
}

absl::StatusOr<Exit> Diff(Invocation& in) {
  if (in.arguments().size() > 3) {
    return UsageError("TO", in.arguments()[3],
                      absl::StrCat("diff does not take ", in.arguments()[3]));
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(const auto two, Compared(in, *client));
  std::vector<Change> changes;
  if (two.first != nullptr) changes = Differences(*two.first, *two.second);
  if (changes.empty()) {
    in.output().ShowList({}, "no difference\n");
    return Exit::kNone;
  }
  in.output().ShowList(ChangesJson(changes), ChangeTable(changes));
  return Exit::kDone;
}

}  // namespace

Commands EditCommands() {
  const std::vector<Flag> set = {
      {.name = "--set",
       .value = "PATH=VALUE",
       .summary = "Set a field, as in time=2012-06 or participants.noda.role=HOST; nothing behind "
                  "= unsets it. May be given several times.",
       .repeated = true}};
  return {
      {.name = "edit",
       .summary = "Change a record, in $EDITOR or by --set, and show what changes.",
       .arguments = {{.name = "NAME",
                      .summary = "a name like people/noda",
                      .names = Names::kRecords}},
       .flags = Joined(set, ChangeFlags()),
       .access = Access::kWrite,
       .example = "chancery edit people/noda --set birth=1957 --note 'from his page' "
                  "--validate-only",
       .run = Edit},
      {.name = "diff",
       .summary = "Show what differs between two versions of a record, field by field.",
       .arguments =
           {{.name = "NAME", .summary = "a name like people/noda", .names = Names::kRecords},
            {.name = "FROM",
             .summary = "a moment, or a revision as `history` names it; without it the "
                        "revision before the last",
             .optional = true},
            {.name = "TO", .summary = "the other; without it the newest", .optional = true}},
       .flags = KnownAtFlags(),
       .example = "chancery diff people/noda",
       .run = Diff},
  };
}

}  // namespace chancery::ctl
