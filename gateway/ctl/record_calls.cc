#include "gateway/ctl/record_calls.h"

#include "gateway/ctl/call/request_fields.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {

using google::protobuf::Message;

absl::StatusOr<KindRecord> ReadRecordCalled(const Invocation& in, const Client& client,
                                            const std::string& name, const std::string& moment) {
  KindRecord found;
  ASSIGN_OR_RETURN(found.kind, KindOfName(name));
  const MessagePtr request = NewMessage(found.kind->get->input_type());
  SetText(*request, "name", name);
  RETURN_IF_ERROR(in.SetAsOf(*request, moment));
  found.record = NewMessage(found.kind->message);
  RETURN_IF_ERROR(client.Call(*found.kind->get, *request, *found.record));
  return found;
}

absl::StatusOr<std::vector<MessagePtr>> ReadRevisions(
    const Invocation& in, const Client& client, const std::string& name,
    const std::function<bool(const Message& revision)>& enough) {
  ASSIGN_OR_RETURN(const Kind* kind, KindOfName(name));
  const MessagePtr request = NewMessage(kind->list_revisions->input_type());
  SetText(*request, "parent", name);
  RETURN_IF_ERROR(in.SetAsOf(*request));
  std::vector<MessagePtr> revisions;
  for (;;) {
    const MessagePtr reply = NewMessage(kind->list_revisions->output_type());
    RETURN_IF_ERROR(client.Call(*kind->list_revisions, *request, *reply));
    for (const Message* revision : ItemsOf(*reply)) {
      revisions.emplace_back(revision->New())->CopyFrom(*revision);
      if (enough(*revision)) return revisions;
    }
    const std::string next = TextOf(*reply, "next_page_token");
    if (next.empty()) return revisions;
    SetText(*request, "page_token", next);
  }
}

absl::StatusOr<MessagePtr> ReviseRecord(const Invocation& in, const Client& client,
                                        const KindRecord& changed,
                                        const std::vector<std::string>& paths) {
  const Kind& kind = *changed.kind;
  const MessagePtr request = NewMessage(kind.update->input_type());
  Message* record = MutableFieldOfType(*request, *kind.message);
  record->CopyFrom(*changed.record);
  if (in.Has("--etag")) SetText(*record, "etag", in.Text("--etag"));
  for (const std::string& path : paths) {
    AddText(*MutableField(*request, "update_mask"), "paths", path);
  }
  ASSIGN_OR_RETURN(const std::string request_id, in.SetWrite(*request));
  MessagePtr revised = NewMessage(kind.message);
  RETURN_IF_ERROR(Repeatable(client.Call(*kind.update, *request, *revised), request_id));
  return revised;
}

absl::Status Repeatable(const absl::Status& status, const std::string& request_id) {
  const Exit exit = ExitOf(status);
  if (status.ok() || (exit != Exit::kUnreachable && exit != Exit::kFault)) return status;
  return errors::WithMetadata(status, "request_id", request_id);
}

}  // namespace chancery::ctl
