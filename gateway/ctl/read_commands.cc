#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/types/v1/change.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/cited_sources.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/record_calls.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;

constexpr size_t kMaxBatch = 100;

std::vector<std::string> JsonOf(const std::vector<const Message*>& messages) {
  std::vector<std::string> json;
  json.reserve(messages.size());
  for (const Message* message : messages) json.push_back(ToJson(*message));
  return json;
}

// Records one below the other, and what they cite.
absl::StatusOr<SourceList> TextOfRecords(Invocation& in, const Client& client,
                                         const std::vector<const Message*>& records) {
  CitationNumbers numbers;
  std::string text;
  for (const Message* record : records) {
    absl::StrAppend(&text, text.empty() ? "" : "\n",
                    RecordText(*record, in.output().width(), numbers));
  }
  ASSIGN_OR_RETURN(const types::v1::AsOf known, in.KnownAt());
  SourceList cited = AskSources(in, client, known, numbers);
  cited.text.insert(0, text);
  return cited;
}

absl::StatusOr<Exit> GetOne(Invocation& in, const Client& client, const std::string& name) {
  ASSIGN_OR_RETURN(const KindRecord found, ReadRecordCalled(in, client, name));
  if (!in.output().is_table()) {
    in.output().Show(*found.record, "");
    return Exit::kDone;
  }
  ASSIGN_OR_RETURN(const SourceList cited, TextOfRecords(in, client, {found.record.get()}));
  in.output().Show(*found.record, cited.text);
  return cited.complete ? Exit::kDone : Exit::kPartial;
}

// Gets names of one kind, batch by batch.
absl::Status GetBatches(const Invocation& in, const Client& client, const Kind& kind,
                        const std::vector<std::string>& names,
                        std::map<std::string, MessagePtr>& found) {
  for (size_t start = 0; start < names.size(); start += kMaxBatch) {
    const MessagePtr request = NewMessage(kind.batch_get->input_type());
    for (size_t i = start; i < names.size() && i < start + kMaxBatch; ++i) {
      AddText(*request, "names", names[i]);
    }
    RETURN_IF_ERROR(in.SetAsOf(*request));
    const MessagePtr reply = NewMessage(kind.batch_get->output_type());
    RETURN_IF_ERROR(client.Call(*kind.batch_get, *request, *reply));
    for (const Message* item : ItemsOf(*reply)) {
      MessagePtr& copy = found[TextOf(*item, "name")];
      copy.reset(item->New());
      copy->CopyFrom(*item);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Exit> GetMany(Invocation& in, const Client& client) {
  std::map<const Kind*, std::vector<std::string>> names;
  for (const std::string& name : in.arguments()) {
    ASSIGN_OR_RETURN(const Kind* kind, KindOfName(name));
    names[kind].push_back(name);
  }
  std::map<std::string, MessagePtr> found;
  for (const auto& [kind, of_kind] : names) {
    RETURN_IF_ERROR(GetBatches(in, client, *kind, of_kind, found));
  }
  std::vector<const Message*> records;
  for (const std::string& name : in.arguments()) records.push_back(found[name].get());
  if (!in.output().is_table()) {
    in.output().ShowList(JsonOf(records), "");
    return Exit::kDone;
  }
  ASSIGN_OR_RETURN(const SourceList cited, TextOfRecords(in, client, records));
  in.output().ShowList({}, cited.text);
  return cited.complete ? Exit::kDone : Exit::kPartial;
}

absl::StatusOr<Exit> Get(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  if (in.arguments().size() == 1) return GetOne(in, *client, in.arguments().front());
  return GetMany(in, *client);
}

// Calls a list method, once or, with --all, until there is no further page. Returns the pages.
absl::StatusOr<std::vector<MessagePtr>> CallPages(const Invocation& in, const Client& client,
                                                  const google::protobuf::MethodDescriptor& method,
                                                  Message& request) {
  std::vector<MessagePtr> pages;
  do {
    pages.push_back(NewMessage(method.output_type()));
    RETURN_IF_ERROR(client.Call(method, request, *pages.back()));
    SetText(request, "page_token", TextOf(*pages.back(), "next_page_token"));
  } while (in.Has("--all") && !TextOf(request, "page_token").empty());
  return pages;
}

std::vector<const Message*> ItemsOfPages(const std::vector<MessagePtr>& pages) {
  std::vector<const Message*> items;
  for (const MessagePtr& page : pages) {
    for (const Message* item : ItemsOf(*page)) items.push_back(item);
  }
  return items;
}

absl::StatusOr<Exit> ShowPages(Invocation& in, const std::vector<MessagePtr>& pages,
                               const Table& table) {
  const std::vector<const Message*> items = ItemsOfPages(pages);
  in.output().ShowList(JsonOf(items), table);
  const std::string next = TextOf(*pages.back(), "next_page_token");
  in.output().ShowNextPage(static_cast<int>(items.size()), next, "--all");
  return items.empty() && next.empty() ? Exit::kNone : Exit::kDone;
}

absl::StatusOr<Exit> List(Invocation& in) {
  ASSIGN_OR_RETURN(const Kind* kind, KindCalled(in.arguments().front()));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  const MessagePtr request = NewMessage(kind->list->input_type());
  SetText(*request, "filter", in.Text("--filter"));
  SetText(*request, "order_by", in.Text("--order-by"));
  SetSwitch(*request, "show_deleted", in.Has("--show-deleted"));
  RETURN_IF_ERROR(in.SetPage(*request));
  RETURN_IF_ERROR(in.SetAsOf(*request));
  ASSIGN_OR_RETURN(const std::vector<MessagePtr> pages,
                   CallPages(in, *client, *kind->list, *request));
  const std::vector<const Message*> items = ItemsOfPages(pages);
  return ShowPages(in, pages, RecordTable(*kind->message, items, in.Has("--show-deleted")));
}

Table RevisionTable(const std::vector<const Message*>& revisions) {
  Table table{{"recorded", "change", "note", "principal", "deleted", "revision"}, {}};
  for (const Message* revision : revisions) {
    const auto& note = static_cast<const types::v1::ChangeNote&>(FieldOf(*revision, "change_note"));
    const auto& time =
        static_cast<const google::protobuf::Timestamp&>(FieldOf(*revision, "create_time"));
    const Message& snapshot = FieldOf(*revision, "snapshot");
    const auto* deleted = snapshot.GetDescriptor()->FindFieldByName("delete_time");
    const bool is_deleted = snapshot.GetReflection()->HasField(snapshot, deleted);
    table.rows.push_back({TimeText(time), types::v1::ChangeNote::Kind_Name(note.kind()),
                          note.note(), TextOf(*revision, "principal"), is_deleted ? "true" : "",
                          TextOf(*revision, "name")});
  }
  return table;
}

absl::StatusOr<Exit> History(Invocation& in) {
  ASSIGN_OR_RETURN(const Kind* kind, KindOfName(in.arguments().front()));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  const MessagePtr request = NewMessage(kind->list_revisions->input_type());
  SetText(*request, "parent", in.arguments().front());
  RETURN_IF_ERROR(in.SetPage(*request));
  RETURN_IF_ERROR(in.SetAsOf(*request));
  ASSIGN_OR_RETURN(const std::vector<MessagePtr> pages,
                   CallPages(in, *client, *kind->list_revisions, *request));
  return ShowPages(in, pages, RevisionTable(ItemsOfPages(pages)));
}

}  // namespace

Commands ReadCommands() {
  const std::vector<Flag> list_flags = {
      {.name = "--filter",
       .value = "FILTER",
       .summary =
           "Which ones (AIP-160), as in 'kind = MEETING AND participants.person:people/noda'."},
      {.name = "--order-by", .value = "FIELD", .summary = "In which order, as in 'time desc'."},
      {.name = "--show-deleted", .summary = "Deleted ones too."},
  };
  return {
      {.name = "get",
       .summary = "Show records by name.",
       .arguments = {{.name = "NAME",
                      .summary = "names like people/noda",
                      .repeated = true,
                      .names = Names::kRecords}},
       .flags = Joined(QuotationsFlag(), AsOfFlags()),
       .example = "chancery get people/noda",
       .run = Get},
      {.name = "list",
       .summary = "List the records of a kind.",
       .arguments = {{.name = "KIND",
                      .summary = "people, events, agreements, ...",
                      .names = Names::kKinds}},
       .flags = Joined(Joined(Joined(list_flags, PageFlags()), AllFlag()), AsOfFlags()),
       .example = "chancery list events --filter 'kind = PHONE_CALL'",
       .run = List},
      {.name = "history",
       .summary = "List the revisions of a record, newest first.",
       .arguments = {{.name = "NAME",
                      .summary = "a name like people/noda",
                      .names = Names::kRecords}},
       .flags = Joined(Joined(PageFlags(), AllFlag()), KnownAtFlags()),
       .example = "chancery history people/noda",
       .run = History},
  };
}

}  // namespace chancery::ctl
